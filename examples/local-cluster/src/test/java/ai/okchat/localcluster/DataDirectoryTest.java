package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster removes no files of others, and no two clusters share a folder. */
class DataDirectoryTest {

  @TempDir private Path parent;

  @Test
  void rejectsFolderWithOtherFiles() throws Exception {
    // Given
    var photos = Files.writeString(parent.resolve("photo.jpg"), "precious");

    // When
    var attempt = assertThatThrownBy(() -> DataDirectory.open(parent, false));

    // Then
    attempt
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("is not empty")
        .hasMessageContaining("--keep");
    assertThat(photos).exists();
  }

  @Test
  void rejectsFolderThatIsNoDataDirectory() throws Exception {
    // Given
    Files.writeString(parent.resolve("photo.jpg"), "precious");

    // When
    var attempt = assertThatThrownBy(() -> DataDirectory.open(parent, true));

    // Then
    attempt
        .isInstanceOf(LocalClusterException.class)
        .hasMessageContaining("holds files that are not of a local cluster");
  }

  @Test
  void opensKeptFolderForOneClusterAtATime() {
    // Given
    try (var _ = DataDirectory.open(parent, true)) {

      // When
      var attempt = assertThatThrownBy(() -> DataDirectory.open(parent, true));

      // Then
      attempt
          .isInstanceOf(LocalClusterException.class)
          .hasMessage("the data directory %s is in use by another local cluster", parent);
    }
  }

  @Test
  void onlyTheOwnerCanReadTheFolder() throws Exception {
    // Given
    try (var directory = DataDirectory.open(parent.resolve("data"), false)) {

      // When
      var permissions = Files.getPosixFilePermissions(directory.root());

      // Then
      assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwx------");
    }
  }

  @Test
  void keepsCredentialsAndDoesNotPrintThem() {
    // Given
    try (var directory = DataDirectory.open(parent, true)) {
      var first = Credentials.of(directory);

      // When
      var again = Credentials.of(directory);

      // Then
      assertThat(again.token()).isEqualTo(first.token()).hasSize(64);
      assertThat(again.toString()).doesNotContain(first.token());
    }
  }
}
