package ai.okchat.operator.knowledge.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;

/** A repository behind an SSH server on loopback that accepts one deploy key. */
public final class RepositoryOverSsh implements AutoCloseable {

  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey = newKey();
  private final KeyPair deployKey = newKey();
  private final AtomicInteger sessions = new AtomicInteger();

  public RepositoryOverSsh(Repository repository) throws IOException, GeneralSecurityException {
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (user, key, session) -> KeyUtils.compareKeys(key, deployKey.getPublic()));
    server.setCommandFactory(
        (channel, command) -> {
          sessions.incrementAndGet();
          return uploadPack(repository, command);
        });
    server.start();
  }

  public String url() {
    return "ssh://git@127.0.0.1:%d/docs.git".formatted(server.getPort());
  }

  /** Returns the data of a Secret for this repository. */
  public Map<String, String> secret() throws IOException, GeneralSecurityException {
    return Map.of("ssh-privatekey", privateKey(deployKey), "known_hosts", knownHost(hostKey));
  }

  /** Returns the data of a Secret with a key that the server rejects. */
  Map<String, String> foreignSecret() throws IOException, GeneralSecurityException {
    return Map.of("ssh-privatekey", privateKey(newKey()), "known_hosts", knownHost(hostKey));
  }

  /** A Secret in which another server is the known one. */
  Map<String, String> secretForAnotherServer() throws IOException, GeneralSecurityException {
    return Map.of("ssh-privatekey", privateKey(deployKey), "known_hosts", knownHost(newKey()));
  }

  /** Returns the number of Git sessions. */
  int sessions() {
    return sessions.get();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private String knownHost(KeyPair key) {
    return "[127.0.0.1]:%d %s"
        .formatted(server.getPort(), PublicKeyEntry.toString(key.getPublic()));
  }

  private static String privateKey(KeyPair key) throws IOException, GeneralSecurityException {
    var text = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "deploy", null, text);
    return text.toString(StandardCharsets.UTF_8);
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static Command uploadPack(Repository repository, String command) {
    return new AbstractCommandSupport(command, null) {
      @Override
      public void run() {
        try (var pack = new UploadPack(repository)) {
          pack.upload(getInputStream(), getOutputStream(), getErrorStream());
          onExit(0);
        } catch (IOException e) {
          onExit(1, e.getMessage());
        }
      }

      @Override
      public void destroy(ChannelSession channel) {
        // Nothing is held.
      }
    };
  }
}
