package ai.okchat.operator.fetch;

import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens SSH sessions with one key and its known hosts, to permitted addresses only. Uses nothing of
 * the account that runs the operator: no configuration, no agent, no other key.
 */
final class GitSshSessions extends SshdSessionFactory {

  private final AddressPolicy policy;
  private final Path key;
  private final Path knownHosts;

  GitSshSessions(AddressPolicy policy, Path folder, Path key, Path knownHosts) {
    this.policy = policy;
    this.key = key;
    this.knownHosts = knownHosts;
    setHomeDirectory(folder.toFile());
    setSshDirectory(folder.toFile());
  }

  @Override
  protected @Nullable File getSshConfig(File sshDir) {
    return null;
  }

  @Override
  protected @Nullable SshConfigStore createSshConfigStore(
      File homeDir, @Nullable File configFile, String localUserName) {
    return null;
  }

  @Override
  protected @Nullable ConnectorFactory getConnectorFactory() {
    return null;
  }

  @Override
  protected List<Path> getDefaultIdentities(File sshDir) {
    return List.of(key);
  }

  @Override
  protected List<Path> getDefaultKnownHostsFiles(File sshDir) {
    return List.of(knownHosts);
  }

  @Override
  protected String getDefaultPreferredAuthentications() {
    return "publickey";
  }

  @Override
  protected ServerKeyDatabase createServerKeyDatabase(File homeDir, File sshDir) {
    return new GuardedKeys(super.createServerKeyDatabase(homeDir, sshDir));
  }

  /** Checks the address of the open connection before SSH sends credentials. */
  private final class GuardedKeys implements ServerKeyDatabase {

    private final ServerKeyDatabase keys;

    GuardedKeys(ServerKeyDatabase keys) {
      this.keys = keys;
    }

    @Override
    public List<PublicKey> lookup(
        String host, InetSocketAddress address, Configuration configuration) {
      return keys.lookup(host, address, configuration);
    }

    @Override
    public boolean accept(
        String host,
        InetSocketAddress address,
        PublicKey serverKey,
        Configuration configuration,
        @Nullable CredentialsProvider provider) {
      return policy.permits(address.getAddress())
          && keys.lookup(host, address, configuration).contains(serverKey);
    }
  }
}
