package ai.okchat.client;

import java.util.stream.Stream;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** A multipart form of texts and files, in the order in which they were added. */
final class FormContent implements RequestContent {
  private final MultipartBody.Builder form =
      new MultipartBody.Builder().setType(MultipartBody.FORM);

  FormContent text(String part, String value) {
    form.addFormDataPart(part, value);
    return this;
  }

  FormContent file(String part, Upload upload) {
    form.addFormDataPart(part, upload.name(), new UploadBody(upload));
    return this;
  }

  @Override
  public RequestBody body() {
    return form.build();
  }

  /** Returns nothing: the files are not stored, so no response about them is quoted. */
  @Override
  public Stream<String> texts() {
    return Stream.empty();
  }
}
