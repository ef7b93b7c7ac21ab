package ai.okchat.sandbox.switches;

/** The change of the extension when a file name becomes a title. */
public enum TitleExtension implements Choice {
  KEEP,
  CUT,
  /** {@code a.md} becomes {@code a.md.txt}. */
  ADD;

  public String title(String fileName) {
    var dot = fileName.lastIndexOf('.');
    return switch (this) {
      case KEEP -> fileName;
      case CUT -> dot > 0 ? fileName.substring(0, dot) : fileName;
      case ADD -> fileName + ".txt";
    };
  }
}
