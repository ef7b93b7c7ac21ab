package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.ChatbotBackend;
import java.util.List;

/** Which objects a ChatbotBackend names. */
final class BackendNames {

  private BackendNames() {}

  static List<String> secrets(ChatbotBackend backend) {
    return List.of(backend.getSpec().apiKeySecretRef().name());
  }

  static List<String> configMaps(ChatbotBackend backend) {
    var bundle = backend.getSpec().caBundle();
    return bundle == null ? List.of() : List.of(bundle.configMapRef().name());
  }
}
