package ai.okchat.operator.config;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs encryption and digests in native code, for all of the process. Those of the JDK are fast
 * only with the optimizing compiler, which the operator does without: see {@code
 * operator/docs/adr/0014-native-cryptography.md}.
 */
public final class NativeCryptography {

  private static final Logger LOG = LoggerFactory.getLogger(NativeCryptography.class);

  private NativeCryptography() {}

  /** Installs the provider; the JDK's remain on a platform without native code. */
  public static void install() {
    var error = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (error == null) {
      AmazonCorrettoCryptoProvider.install();
      LOG.atInfo()
          .addKeyValue("version", AmazonCorrettoCryptoProvider.INSTANCE.getVersionStr())
          .log("Native cryptography was loaded");
    } else {
      LOG.atWarn()
          .addKeyValue("error", error.toString())
          .log("Native cryptography was not loaded; the operator uses that of the JDK");
    }
  }
}
