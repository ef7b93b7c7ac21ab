package ai.okchat.localcluster;

import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.OSInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Downloads the envtest archive of the minor version with fabric8's kube-api-test. Its index does
 * not list every patch release, so this takes the newest listed one.
 */
record BinaryDownload(Progress progress) implements BinarySource {

  // The library sets no time limit, and some networks drop packets without a response.
  private static final Duration INDEX_LIMIT = Duration.ofSeconds(20);
  private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(15);

  @Override
  public String title() {
    return "download";
  }

  @Override
  public String fill(Path staging, Set<Program> programs) throws Unavailable {
    if (!Program.BASIC.containsAll(programs)) {
      throw new Unavailable("the envtest archive does not hold all of " + programs);
    }
    progress.say("searching for Kubernetes " + BinaryStore.KUBERNETES_MINOR + " to download");
    var download = staging.resolve("download");
    var downloader = new BinaryDownloader(download.toString(), new OSInfo());
    var wildcard = BinaryStore.KUBERNETES_MINOR + ".*";
    var version = within(INDEX_LIMIT, () -> downloader.findLatestOfWildcard(wildcard));
    fetch(downloader, version, staging);
    return version;
  }

  private void fetch(BinaryDownloader downloader, String version, Path staging) throws Unavailable {
    var line = "downloading etcd, kube-apiserver and kubectl " + version;
    progress.say(line);
    try (var _ = progress.heartbeat(line, Duration.ofSeconds(15))) {
      var unpacked = within(ARCHIVE_LIMIT, () -> downloader.download(version)).toPath();
      for (var program : Program.BASIC) {
        Files.move(unpacked.resolve(program.fileName()), staging.resolve(program.fileName()));
      }
      DirectoryTree.delete(staging.resolve("download"));
    } catch (IOException e) {
      throw new Unavailable("the archive could not be unpacked: " + e);
    }
  }

  private static <T> T within(Duration limit, Supplier<T> work) throws Unavailable {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform().daemon().start(() -> result.completeAsync(work, Runnable::run));
    try {
      return result.get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new Unavailable(rootOf(e).toString());
    } catch (TimeoutException e) {
      throw new Unavailable("no answer within " + Heartbeat.text(limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted");
    }
  }

  /** Unwraps exceptions of the library: users need the cause, such as an unknown host. */
  private static Throwable rootOf(Throwable failure) {
    var root = failure;
    for (var cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }
}
