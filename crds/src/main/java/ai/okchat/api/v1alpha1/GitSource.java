package ai.okchat.api.v1alpha1;

import static ai.okchat.api.v1alpha1.Rules.GLOBS;
import static ai.okchat.api.v1alpha1.Rules.GLOBS_MESSAGE;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files of a Git repository that are documents. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GitSource(
    @Required
        @Size(max = 2048)
        @ValidationRule(
            value =
                "self.matches(r'^https?://[^/?#@\\s]+/[^?#\\s]+$') ||"
                    + " self.matches(r'^ssh://([A-Za-z0-9._-]+@)?[^/?#@:\\s]+(:[0-9]{1,5})?/[^?#\\s]+$')"
                    + " || self.matches(r'^[A-Za-z0-9._-]+@[^/?#@:\\s]+:[^?#\\s]+$')",
            message =
                "must be the address of a repository over https, http or ssh, for example"
                    + " https://example.com/team/docs.git or git@example.com:team/docs.git; tokens"
                    + " and passwords go into the Secret of secretRef")
        @JsonPropertyDescription(
            "Address of the repository: an https, http or ssh URL, or user@host:path.")
        String url,
    @Size(max = 256)
        @ValidationRule(
            value =
                "self.matches(r'^[^-\\s~^:?*\\[\\\\][^\\s~^:?*\\[\\\\]*$') && !self.contains('..')",
            message = "must be a branch, a tag or a commit, for example main or v1.2.0")
        @JsonPropertyDescription(
            "Branch, tag or commit. Default: the default branch of the repository.")
        @Nullable String ref,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Globs, such as docs/**/*.md, for the paths of the files that are documents. Default:"
                + " Markdown, text, HTML, CSV, PDF and Word files, except hidden files, licences"
                + " and files of tools.")
        List<@Size(max = 256) String> include,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64)
        @ValidationRule(value = GLOBS, message = GLOBS_MESSAGE)
        @JsonPropertyDescription(
            "Globs for the paths of the files that are not documents; takes precedence over"
                + " include. Default: none.")
        List<@Size(max = 256) String> exclude,
    @JsonPropertyDescription(
            "Secret that contains username and password, token, or ssh-privatekey and known_hosts."
                + " Default: none.")
        @Nullable SecretRef secretRef) {
  public GitSource {
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
