package ai.okchat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the program of a kubeconfig that prints credentials (ExecCredential), as kubectl does. */
final class ExecPlugin {
  private static final int LONGEST = 1024 * 1024;
  private static final long SECONDS = 60;

  private ExecPlugin() {}

  static ClusterLogin.UserCredentials run(Map<?, ?> exec, Path folder, Streams streams)
      throws IOException, GeneralSecurityException {
    var command = new ArrayList<String>();
    var program = Kubeconfig.text(exec, "command");
    command.add(program.contains("/") ? folder.resolve(program).toString() : program);
    if (exec.get("args") instanceof List<?> arguments) {
      arguments.forEach(argument -> command.add(String.valueOf(argument)));
    }
    var status = status(output(command, exec, streams), program);
    var token = status.path("token").asText("");
    var certificate = status.path("clientCertificateData").asText("");
    var key = status.path("clientKeyData").asText("");
    return new ClusterLogin.UserCredentials(
        token.isEmpty() ? null : "Bearer " + token,
        certificate.isEmpty() || key.isEmpty()
            ? null
            : PemFiles.identity(bytes(certificate), bytes(key)));
  }

  private static byte[] bytes(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  private static JsonNode status(byte[] output, String program) throws IOException {
    try {
      return JsonText.MAPPER.readTree(output).path("status");
    } catch (JsonProcessingException e) {
      throw new IOException(program + " did not print an ExecCredential");
    }
  }

  private static byte[] output(List<String> command, Map<?, ?> exec, Streams streams)
      throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(streams.environment());
    var version = Kubeconfig.text(exec, "apiVersion");
    builder
        .environment()
        .put(
            "KUBERNETES_EXEC_INFO",
            "{\"apiVersion\":\"%s\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}"
                .formatted(version));
    if (exec.get("env") instanceof List<?> variables) {
      for (var variable : variables) {
        if (variable instanceof Map<?, ?> map) {
          builder.environment().put(Kubeconfig.text(map, "name"), Kubeconfig.text(map, "value"));
        }
      }
    }
    var process = builder.start();
    process.getOutputStream().close();
    var output = process.getInputStream().readNBytes(LONGEST);
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " failed; log in with it first");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command.getFirst() + " was interrupted");
    }
    return output;
  }
}
