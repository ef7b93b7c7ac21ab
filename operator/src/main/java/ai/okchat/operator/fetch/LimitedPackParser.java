package ai.okchat.operator.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Stores one pack in the object folder of a new repository, and rejects a pack that needs too much
 * memory or time. The parser of JGit for folders does not tell what it keeps of a chain of deltas.
 */
final class LimitedPackParser extends PackParser {

  /** Maximum number of objects, about 100 bytes of memory each. */
  static final int MOST_OBJECTS = 250_000;

  /** Maximum bytes of a tree, commit or tag, which is read whole while the pack arrives. */
  static final long MOST_OF_TREE = 2L * 1024 * 1024;

  /** Bytes of an index entry: an ID, a checksum and a position. */
  private static final int INDEX_BYTES = 28;

  private final ObjectDirectory objects;
  private final GitLimits limits;
  private final TemporarySpace.Share room;
  private final UnpackPermit permit;
  private final Path incoming;
  private final RandomAccessFile pack;
  private final CRC32 crc = new CRC32();
  private final DeltaMemory memory;
  private ObjectId base = ObjectId.zeroId();
  private byte[] checksum = new byte[0];
  private boolean isReceived;
  private long resolvingSince;

  /**
   * @param room space of the temporary folder, for the index; the pack has its own
   * @param permit acquired at the end of the pack, before its deltas are resolved
   */
  LimitedPackParser(
      ObjectDirectory objects,
      InputStream in,
      GitLimits limits,
      TemporarySpace.Share room,
      UnpackPermit permit)
      throws IOException {
    super(objects, in);
    this.objects = objects;
    this.limits = limits;
    this.room = room;
    this.permit = permit;
    this.memory = new DeltaMemory(DeltaMemory.OBJECTS * limits.objectBytes());
    this.incoming = Files.createTempFile(folder(), "incoming", null);
    this.pack = new RandomAccessFile(incoming.toFile(), "rw");
    setMaxObjectSizeLimit(limits.objectBytes());
    setCheckEofAfterPackFooter(true);
  }

  /** Does nothing: a new repository has no bases for the deltas of a thin pack. */
  @Override
  public void setAllowThin(boolean allowed) {
    // A thin pack is rejected as one that lacks objects.
  }

  /**
   * Returns nothing to unlock: garbage collection, which would remove the pack, never runs.
   *
   * @throws GitBudget.ExceededException if the pack exceeds a limit
   */
  @Override
  public @Nullable PackLock parse(ProgressMonitor receiving, ProgressMonitor resolving)
      throws IOException {
    try (pack) {
      super.parse(receiving, resolving);
      pack.seek(pack.length());
      pack.write(checksum);
    }
    var name = "pack-" + ObjectId.fromRaw(checksum).name();
    var entries = getSortedObjectList(null);
    try (var index = Files.newOutputStream(folder().resolve(name + ".idx"))) {
      BasePackIndexWriter.createOldestPossible(index, entries).write(entries, checksum);
    }
    var complete = folder().resolve(name + ".pack");
    Files.move(incoming, complete);
    objects.openPack(complete.toFile());
    return null;
  }

  private Path folder() {
    return objects.getPackDirectory().toPath();
  }

  @Override
  protected void onPackHeader(long count) throws IOException {
    if (count > MOST_OBJECTS) {
      throw new GitBudget.ExceededException(
          "its pack has %d objects of at most %d".formatted(count, MOST_OBJECTS));
    }
    room.take(count * INDEX_BYTES);
  }

  @Override
  protected void onStoreStream(byte[] bytes, int offset, int length) throws IOException {
    pack.write(bytes, offset, length);
  }

  @Override
  protected void onPackFooter(byte[] hash) throws IOException {
    checksum = hash;
    permit.acquire();
    isReceived = true;
    resolvingSince = System.nanoTime();
  }

  @Override
  protected void onBeginWholeObject(long position, int type, long length) throws IOException {
    requireShort(type, length);
    crc.reset();
  }

  @Override
  protected void onEndWholeObject(PackedObjectInfo object) {
    object.setCRC((int) crc.getValue());
  }

  @Override
  protected void onBeginOfsDelta(long position, long basePosition, long length) {
    memory.addDelta(basePosition);
    crc.reset();
  }

  @Override
  protected void onBeginRefDelta(long position, AnyObjectId baseId, long length) {
    memory.addDelta(baseId);
    crc.reset();
  }

  @Override
  protected UnresolvedDelta onEndDelta() {
    var delta = new UnresolvedDelta();
    delta.setCRC((int) crc.getValue());
    return delta;
  }

  /** Remembers the base: JGit passes it here, and the result to the next method. */
  @Override
  protected PackedObjectInfo newInfo(AnyObjectId id, UnresolvedDelta delta, ObjectId deltaBase) {
    base = deltaBase;
    return super.newInfo(id, delta, deltaBase);
  }

  @Override
  protected void onInflatedObjectData(PackedObjectInfo object, int type, byte[] data)
      throws IOException {
    if (isReceived) {
      GitBudget.requireTime(resolvingSince, limits.time());
      requireShort(type, data.length);
      memory.resolved((PackedObjectInfo) base, object, data.length);
    }
  }

  private static void requireShort(int type, long length) throws GitBudget.ExceededException {
    if (type != Constants.OBJ_BLOB && length > MOST_OF_TREE) {
      throw new GitBudget.ExceededException(
          "it has a folder or commit of %d bytes of at most %d".formatted(length, MOST_OF_TREE));
    }
  }

  @Override
  protected void onObjectHeader(Source source, byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
  }

  @Override
  protected void onObjectData(Source source, byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
  }

  @Override
  protected boolean checkCRC(int before) {
    return before == (int) crc.getValue();
  }

  @Override
  protected ObjectTypeAndSize seekDatabase(PackedObjectInfo object, ObjectTypeAndSize info)
      throws IOException {
    return seek(object.getOffset(), info);
  }

  @Override
  protected ObjectTypeAndSize seekDatabase(UnresolvedDelta delta, ObjectTypeAndSize info)
      throws IOException {
    return seek(delta.getOffset(), info);
  }

  private ObjectTypeAndSize seek(long position, ObjectTypeAndSize info) throws IOException {
    pack.seek(position);
    crc.reset();
    return readObjectHeader(info);
  }

  @Override
  protected int readDatabase(byte[] target, int offset, int length) throws IOException {
    return pack.read(target, offset, length);
  }

  @Override
  protected boolean onAppendBase(int type, byte[] data, PackedObjectInfo info)
      throws CorruptObjectException {
    throw new CorruptObjectException(info, "thin pack");
  }

  @Override
  protected void onEndThinPack() {
    // There are no thin packs.
  }
}
