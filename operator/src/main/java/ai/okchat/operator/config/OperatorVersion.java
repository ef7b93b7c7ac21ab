package ai.okchat.operator.config;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the running jar. */
public final class OperatorVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    var version = OperatorVersion.class.getPackage().getImplementationVersion();
    return new String[] {"okchat-operator " + Objects.requireNonNullElse(version, "(unpackaged)")};
  }
}
