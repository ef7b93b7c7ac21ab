package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.NOT_BLANK;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A question of users, and its answer. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaqPair(
    @Required
        @Size(max = 2048)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write the question, or remove the pair")
        @JsonPropertyDescription("Question, at most 2048 characters.")
        String question,
    @Required
        @Size(max = 32768)
        @ValidationRule(
            value = NOT_BLANK,
            message = "must not be blank: write the answer, or remove the pair")
        @JsonPropertyDescription("Answer, at most 32768 characters.")
        String answer) {
  /** Contains no texts, because logs contain specs. */
  @Override
  public String toString() {
    return "FaqPair[characters=" + (question.length() + answer.length()) + "]";
  }
}
