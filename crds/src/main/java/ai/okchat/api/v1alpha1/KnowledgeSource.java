package ai.okchat.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One set of documents. Only from the root can a rule see the bot that already holds them. */
@Group("okchat.ai")
@Version("v1alpha1")
@ShortNames("ks")
@Categories("okchat")
@JsonClassDescription("One set of documents that a chatbot answers from.")
@ValidationRule(
    value =
        "!has(oldSelf.status) || !has(oldSelf.status.chatbotId)"
            + " || self.spec.chatbotRef.name == oldSelf.spec.chatbotRef.name",
    message =
        "chatbotRef can not be changed once the bot holds documents (status.chatbotId is set): put"
            + " it back, or make a new KnowledgeSource",
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
public final class KnowledgeSource
    extends CustomResource<KnowledgeSourceSpec, KnowledgeSourceStatus> implements Namespaced {}
