package ai.okchat.sandbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One sandbox for a test class, empty before each test. Two organizations: acme and other. */
final class RunningSandbox implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final String KEY = "acme-key";
  static final String OTHER_KEY = "other-key";

  private @Nullable Sandbox sandbox;

  @Override
  public void beforeAll(ExtensionContext context) {
    sandbox =
        Sandbox.start(SandboxOptions.defaults().withApiKeys(KEY + "=acme", OTHER_KEY + "=other"));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    api().post("/sandbox/reset", "");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    running().close();
  }

  Api api() {
    return new Api(running().url(), KEY);
  }

  String url() {
    return running().url();
  }

  private Sandbox running() {
    if (sandbox == null) {
      throw new IllegalStateException("not started");
    }
    return sandbox;
  }
}
