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
 * A chatbot in an OkChat account. The rules on slug and backendRef are on the root, because only a
 * root rule can read the status that makes them immutable.
 */
@Group("okchat.ai")
@Version("v1alpha1")
// Without them, the constructor of each object derives the plural by regular expressions.
@Singular("chatbot")
@Plural("chatbots")
@ShortNames("bot")
@Categories("okchat")
@JsonClassDescription(
    """
    Chatbot is one bot in an OkChat account. Example:

        apiVersion: okchat.ai/v1alpha1
        kind: Chatbot
        metadata:
          name: support
        spec:
          name: Support
          prompt: You help.\
    """)
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.id)"
            + " || (has(self.spec.slug) ? (has(oldSelf.spec.slug) && self.spec.slug =="
            + " oldSelf.spec.slug) : !has(oldSelf.spec.slug))",
    message =
        "slug cannot be changed, added or removed once the bot exists (status.id is set): undo"
            + " the change, or create a new Chatbot",
    fieldPath = ".spec.slug")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !(has(oldSelf.status.id) || has(oldSelf.status.backend))"
            + " || (has(self.spec.backendRef)"
            + " ? self.spec.backendRef.kind + '/' + self.spec.backendRef.name"
            + " : 'ChatbotBackend/default')"
            + " == (has(oldSelf.spec.backendRef)"
            + " ? oldSelf.spec.backendRef.kind + '/' + oldSelf.spec.backendRef.name"
            + " : 'ChatbotBackend/default')",
    message =
        "backendRef cannot be changed once the bot exists or its create is not resolved. Create a"
            + " new Chatbot for another account; for another ChatbotBackend of the same account,"
            + " delete this Chatbot with deletionPolicy Orphan and create it again with the slug of"
            + " the bot and adoption BySlug",
    fieldPath = ".spec.backendRef")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Slug", jsonPath = ".status.slug")
@AdditionalPrinterColumn(name = "Id", jsonPath = ".status.id", priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Synced",
    jsonPath = ".status.conditions[?(@.type==\"Synced\")].status",
    priority = 1)
@AdditionalPrinterColumn(name = "Model", jsonPath = ".spec.model", priority = 1)
@AdditionalPrinterColumn(name = "Backend", jsonPath = ".status.backend.name", priority = 1)
@AdditionalPrinterColumn(name = "Deletion", jsonPath = ".status.deletionPolicy", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.backendRef.name")
public final class Chatbot extends CustomResource<ChatbotSpec, ChatbotStatus>
    implements Namespaced {}
