package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.GLOBS;
import static ai.okchat.api.v1alpha1.Rules.GLOBS_MESSAGE;
import static ai.okchat.api.v1alpha1.Rules.LINK;
import static ai.okchat.api.v1alpha1.Rules.LINK_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Web pages that are documents, listed by URL or by a sitemap. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.urls) || has(self.sitemap)",
    message = "must contain urls, sitemap or both")
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
            "HTTP or HTTPS URLs of pages, 1 to 256; each page is a document. At least one of urls"
                + " and sitemap is required.")
        List<@Size(max = 2048) String> urls,
    @Size(max = 2048)
        @ValidationRule(value = LINK, message = LINK_MESSAGE)
        @JsonPropertyDescription(
            "HTTP or HTTPS URL of a sitemap.xml whose pages are documents. At least one of urls and"
                + " sitemap is required.")
        @Nullable String sitemap,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Globs, such as /docs/**, for the paths of the sitemap pages that are documents."
                + " Default: all.")
        List<@Size(max = 256) String> include,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Globs for the paths of the sitemap pages that are not documents; takes precedence over"
                + " include. Default: none.")
        List<@Size(max = 256) String> exclude,
    @JsonPropertyDescription(
            "Secret whose keys are names of HTTP headers. The operator sends the headers with their"
                + " values to the hosts of urls and sitemap only. Default: none.")
        @Nullable SecretRef headersSecretRef,
    @Default("10")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Maximum share of the pages, in percent, that may be Failed while the source is Ready,"
                + " 0 to 100. The number of pages is rounded up, so that one dead link does not"
                + " block a small site. Documents that the backend rejects always block."
                + " Default: 10.")
        int failedLimitPercent) {
  public WebSource {
    urls = urls == null ? List.of() : List.copyOf(urls);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
