package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kubeconfig where the user wants it, for as long as the cluster runs. */
record KubeconfigCopy(Path file, boolean removeAtEnd) implements AutoCloseable {

  /** Nothing to copy where the user named no file. */
  static KubeconfigCopy of(LocalCluster cluster, @Nullable Path wanted) {
    if (wanted == null) {
      return new KubeconfigCopy(cluster.kubeconfig(), false);
    }
    DataDirectory.writePrivate(wanted, cluster.kubeconfigYaml());
    var copy = new KubeconfigCopy(wanted, true);
    Runtime.getRuntime().addShutdownHook(new Thread(copy::close, "kubeconfig-remove"));
    return copy;
  }

  @Override
  public void close() {
    try {
      if (removeAtEnd) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new LocalClusterException("cannot remove " + file, e);
    }
  }
}
