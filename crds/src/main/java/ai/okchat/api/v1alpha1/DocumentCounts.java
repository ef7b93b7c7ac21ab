package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The number of documents of a source, in total and by state, and of files that are none. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentCounts(
    @JsonPropertyDescription("Number of documents in the source.") int desired,
    @JsonPropertyDescription(
            "Number of documents that the backend lists with the content of the source.")
        int accepted,
    @JsonPropertyDescription(
            "Number of documents that await their upload or that the backend does not list yet.")
        int pending,
    @JsonPropertyDescription(
            "Number of documents that cannot be ingested until they change: the operator cannot"
                + " send them, the site does not serve them, or the backend rejects them.")
        int failed,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonPropertyDescription(
            "Number of failed documents that the operator cannot send because of their type,"
                + " encoding, length or content. Absent if there are none.")
        int rejected,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonPropertyDescription(
            "Number of files that are no documents by the rules of the source, such as hidden"
                + " files, licences, files without text, and pages with the text of another page."
                + " Absent if there are none.")
        int skipped) {}
