package ai.okchat.operator.okchat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/** A multipart form of texts and files, in the order in which they are added. */
final class FormContent implements Content {
  private final MultipartBody.Builder form =
      new MultipartBody.Builder().setType(MultipartBody.FORM);
  private final List<UploadBody> files = new ArrayList<>();

  FormContent text(String part, String value) {
    form.addFormDataPart(part, value);
    return this;
  }

  FormContent file(String part, Upload upload) {
    var body = new UploadBody(upload);
    files.add(body);
    form.addFormDataPart(part, upload.name(), body);
    return this;
  }

  @Override
  public RequestBody body() {
    return form.build();
  }

  @Override
  public Stream<String> texts() {
    return files.stream().map(UploadBody::beginning);
  }
}
