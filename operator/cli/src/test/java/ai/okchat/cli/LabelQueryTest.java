package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelQueryTest {

  private static LabelQuery query(String json) throws JsonProcessingException {
    return new LabelQuery(JsonText.MAPPER.readTree(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'app':'shop'} | {'matchLabels':{'app':'shop'}} | true",
        "{'app':'shop'} | {'matchLabels':{'app':'shop','tier':'web'}} | false",
        "{'app':'shop'} | {'matchExpressions':[{'key':'app','operator':'In','values':['shop']}]} |"
            + " true",
        "{'app':'blog'} | {'matchExpressions':[{'key':'app','operator':'In','values':['shop']}]} |"
            + " false",
        "{'app':'blog'} | {'matchExpressions':[{'key':'app','operator':'NotIn','values':['shop']}]}"
            + " | true",
        "{} | {'matchExpressions':[{'key':'app','operator':'NotIn','values':['shop']}]} | true",
        "{'app':''} | {'matchExpressions':[{'key':'app','operator':'Exists'}]} | true",
        "{} | {'matchExpressions':[{'key':'app','operator':'Exists'}]} | false",
        "{} | {'matchExpressions':[{'key':'app','operator':'DoesNotExist'}]} | true",
        "{'app':'shop'} | {'matchExpressions':[{'key':'app','operator':'DoesNotExist'}]} | false"
      })
  void matchesAsTheApiServerDoes(String labels, String selector, boolean isMatch)
      throws JsonProcessingException {
    // Given
    var object = JsonText.object();
    object.putObject("metadata").set("labels", JsonText.MAPPER.readTree(labels.replace('\'', '"')));

    // When
    var matches =
        query(selector.replace('\'', '"')).matches(new KubeObject(ResourceType.CONFIG_MAP, object));

    // Then
    assertThat(matches).isEqualTo(isMatch);
  }

  @Test
  void writesTheParameterOfARequest() throws JsonProcessingException {
    assertThat(
            query(
                    """
                    {"matchLabels": {"app": "shop"},
                     "matchExpressions": [{"key": "a", "operator": "In", "values": ["b", "c"]},
                      {"key": "d", "operator": "NotIn", "values": ["e"]},
                      {"key": "f", "operator": "Exists"}, {"key": "g", "operator": "DoesNotExist"}]}
                    """)
                .text())
        .isEqualTo("app=shop,a in (b,c),d notin (e),f,!g");
  }
}
