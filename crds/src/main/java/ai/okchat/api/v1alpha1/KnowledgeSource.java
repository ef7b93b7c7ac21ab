package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A set of documents for a bot. The rule on chatbotRef is on the root, because only a root rule can
 * read the status that makes it immutable.
 */
@Group("okchat.ai")
@Version("v1alpha1")
@Singular("knowledgesource")
@Plural("knowledgesources")
@ShortNames("kns")
@Categories("okchat")
@JsonClassDescription(
    """
    KnowledgeSource is a set of documents that a Chatbot answers from. With the annotation
    okchat.ai/dry-run: "true", the operator reports in the status what it would upload, replace and
    remove, and sends nothing. Example:

        apiVersion: okchat.ai/v1alpha1
        kind: KnowledgeSource
        metadata:
          name: handbook
        spec:
          chatbotRef:
            name: support
          documents:
          - name: opening-hours
            text: The shop is open from 9 to 18.\
    """)
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.chatbotId)"
            + " || self.spec.chatbotRef.name == oldSelf.spec.chatbotRef.name",
    message =
        "chatbotRef cannot be changed once the bot contains documents (status.chatbotId is set):"
            + " undo the change, or create a new KnowledgeSource",
    fieldPath = ".spec.chatbotRef.name")
@AdditionalPrinterColumn(name = "Chatbot", jsonPath = ".spec.chatbotRef.name")
@AdditionalPrinterColumn(name = "Documents", jsonPath = ".status.progress")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Synced",
    jsonPath = ".status.conditions[?(@.type==\"Synced\")].status",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Refreshed",
    jsonPath = ".status.lastRefreshTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.chatbotRef.name")
public final class KnowledgeSource
    extends CustomResource<KnowledgeSourceSpec, KnowledgeSourceStatus> implements Namespaced {}
