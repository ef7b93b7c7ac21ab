package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.GLOBS;
import static ai.okchat.api.v1alpha1.Rules.GLOBS_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of the web, by their addresses or by a sitemap. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.urls) || has(self.sitemap)",
    message = "must hold urls, sitemap or both")
public record WebSource(
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 256)
        @ValidationRule(
            value =
                "self.all(link, isURL(link) &&"
                    + " link.matches(r'^https?://[^/?#@\\s]+([/?#]\\S*)?$'))",
            message =
                "must be http or https links without user names, for example"
                    + " https://example.com/prices")
        @JsonPropertyDescription(
            "Pages, http or https, each of which is a document; beside or in place of sitemap.")
        List<@Size(max = 2048) String> urls,
    @Size(max = 2048)
        @ValidationRule(value = LINK, message = LINK_MESSAGE)
        @JsonPropertyDescription(
            "Link to a sitemap.xml whose pages are documents; beside or in place of urls.")
        @Nullable String sitemap,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Pages of the sitemap that are documents, as globs on the path such as /docs/**."
                + " Default: all.")
        List<@Size(max = 256) String> include,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Pages of the sitemap that are no documents, as globs on the path; stronger than"
                + " include. Default: none.")
        List<@Size(max = 256) String> exclude,
    @JsonPropertyDescription(
            "Secret whose keys are names of HTTP headers, sent with their values to the hosts of"
                + " urls and sitemap and to no other. Default: none.")
        @Nullable SecretRef headersSecretRef) {
  public WebSource {
    urls = urls == null ? List.of() : List.copyOf(urls);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
