package ai.okchat.benchmark;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the objects of a run as JSON. */
final class Manifests {

  static final String API = "/apis/okchat.ai/v1alpha1/namespaces/";

  /** A prompt of typical length. */
  static final String PROMPT =
      "You answer questions about our products, in a few friendly words. ".repeat(8);

  private static final String CONDITIONS =
      Stream.of("Ready", "Synced")
          .map(
              type ->
                  """
                  {"type": "%s", "status": "True", "reason": "Ready", \
                  "message": "The bot is as the spec asks.", "observedGeneration": 1, \
                  "lastTransitionTime": "2026-11-24T00:00:00Z"}\
                  """
                      .formatted(type))
          .collect(Collectors.joining(", ", "[", "]"));

  private Manifests() {}

  static String chatbot(int number) {
    return """
    {"apiVersion": "okchat.ai/v1alpha1", "kind": "Chatbot", "metadata": {"name": "bot-%d"},
     "spec": {"name": "Bot %d", "greeting": "Hello!", "prompt": "%s"}}
    """
        .formatted(number, number, PROMPT);
  }

  static String knowledge(int number, int bot) {
    return """
    {"apiVersion": "okchat.ai/v1alpha1", "kind": "KnowledgeSource",
     "metadata": {"name": "source-%d"},
     "spec": {"chatbotRef": {"name": "bot-%d"},
              "documents": [{"name": "hours", "text": "Open from %d to 18."}]}}
    """
        .formatted(number, bot, number % 12);
  }

  /** Returns the first write of an operator for a bot: finalizer and claim. */
  static String claim(int number) {
    return """
    {"metadata": {"finalizers": ["okchat.ai/finalizer"],
     "annotations": {"okchat.ai/slug": "bot-%d-0123456789",
      "okchat.ai/claim": "00000000-0000-0000-0000-000000000000@2026-11-24T00:00:00Z"}}}
    """
        .formatted(number);
  }

  /** Returns the status write of an operator for a bot that is in sync. */
  static String status(int number) {
    return """
    {"status": {"observedGeneration": 1, "id": "00000000-0000-0000-0000-%012d",
     "slug": "bot-%d-0123456789", "organizationId": "ours",
     "appliedDigest": "%060d", "promptDigest": "sha256:%064d", "conditions": %s}}
    """
        .formatted(number, number, number, number, CONDITIONS);
  }

  static String greeting(String greeting) {
    return "{\"spec\": {\"greeting\": \"%s\"}}".formatted(greeting);
  }

  static String path(String namespace, String plural, String name) {
    return API + namespace + "/" + plural + "/" + name;
  }
}
