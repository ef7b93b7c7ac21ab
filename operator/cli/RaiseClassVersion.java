import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites a jar so that its classes have at least the version of Java 8: an AOT cache omits older
 * ones, and the JVM takes long to verify them. Usage: {@code java RaiseClassVersion.java JAR}.
 */
void main(String[] arguments) throws IOException {
  var jar = Path.of(arguments[0]);
  var raised = Path.of(arguments[0] + ".raised");
  try (var from = new ZipFile(jar.toFile());
      var to = new ZipOutputStream(Files.newOutputStream(raised));
      var types = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
    var classes =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(types)));
    for (var entry : (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
      var bytes = from.getInputStream(entry).readAllBytes();
      var copy = new ZipEntry(entry.getName());
      copy.setTime(entry.getTime());
      to.putNextEntry(copy);
      to.write(entry.getName().endsWith(".class") ? raise(classes, bytes) : bytes);
      to.closeEntry();
    }
  }
  Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
}

private static byte[] raise(ClassFile classes, byte[] bytes) {
  var parsed = classes.parse(bytes);
  if (parsed.majorVersion() >= ClassFile.JAVA_8_VERSION) {
    return bytes;
  }
  var version =
      ClassTransform.endHandler(
          builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0));
  return classes.transformClass(
      parsed,
      ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
}
