package ai.okchat.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer: its parts in order, each as soon as it arrives. One thread can iterate it
 * once, and must close it. Iterating throws {@link OkChatException} if the stream breaks, contains
 * something else, or stops before {@link ChatPart.End} or {@link ChatPart.Failed}.
 */
public final class ChatStream implements Iterable<ChatPart>, AutoCloseable {
  private final Attempt attempt;
  private final ApiResponse response;
  private boolean iterated;

  ChatStream(Attempt attempt, ApiResponse response) {
    this.attempt = attempt;
    this.response = response;
  }

  @Override
  public Iterator<ChatPart> iterator() {
    if (iterated) {
      throw new IllegalStateException("A stream can be read once");
    }
    iterated = true;
    return new Parts();
  }

  /** Ends the request, even if the stream is not complete. */
  @Override
  public void close() {
    response.response().close();
    attempt.succeeded();
  }

  private final class Parts implements Iterator<ChatPart> {
    private @Nullable BufferedReader lines;
    private @Nullable ChatPart next;
    private boolean isWhole;

    @Override
    public boolean hasNext() {
      if (next == null) {
        try {
          next = read();
        } catch (IOException e) {
          throw attempt.failed(attempt.broken(e));
        }
      }
      return next != null;
    }

    @Override
    public ChatPart next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      var part = Objects.requireNonNull(next);
      next = null;
      return part;
    }

    private @Nullable ChatPart read() throws IOException {
      for (var line = lines().readLine(); line != null; line = lines().readLine()) {
        if (!line.isBlank()) {
          var part = shown(ChatPartReader.read(line));
          isWhole |= part instanceof ChatPart.End || part instanceof ChatPart.Failed;
          return part;
        }
      }
      if (!isWhole) {
        throw UnusableResponseException.notJson("ended before its last part");
      }
      return null;
    }

    private ChatPart shown(ChatPart part) {
      return part instanceof ChatPart.Failed failed
          ? new ChatPart.Failed(attempt.cleaned(failed.message()))
          : part;
    }

    private BufferedReader lines() throws IOException {
      var opened = lines;
      if (opened == null) {
        var stream = response.stream(response.limits().other());
        opened = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        lines = opened;
      }
      return opened;
    }
  }
}
