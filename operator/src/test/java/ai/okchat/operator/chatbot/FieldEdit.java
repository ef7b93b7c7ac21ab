package ai.okchat.operator.chatbot;

import java.util.List;

/** One edited field: the line of the spec, and where its value must arrive in the backend. */
record FieldEdit(String specLine, String pointer, String value) {

  static final List<FieldEdit> ALL =
      List.of(
          new FieldEdit("name: Renamed", "/name", "Renamed"),
          new FieldEdit("description: What it is", "/description", "What it is"),
          new FieldEdit("public: true", "/is_public", "true"),
          new FieldEdit("personality: {style: Dry}", "/personality_config/style", "Dry"),
          new FieldEdit("personality: {tone: Calm}", "/personality_config/tone", "Calm"),
          new FieldEdit("model: gpt-4o", "/settings/model", "gpt-4o"),
          new FieldEdit("prompt: Another prompt.", "/settings/prompt", "Another prompt."),
          new FieldEdit("greeting: Good day", "/settings/greeting", "Good day"),
          new FieldEdit("requestUserInfo: true", "/settings/isRequestUserInfoEnabled", "true"),
          new FieldEdit("toolsEnabled: true", "/settings/isToolEnabled", "true"),
          new FieldEdit("snippet: {header: Head}", "/settings/snippet/header", "Head"),
          new FieldEdit(
              "snippet: {logo: 'https://a.example/l.png'}",
              "/settings/snippet/logo",
              "https://a.example/l.png"),
          new FieldEdit("snippet: {name: Snip}", "/settings/snippet/name", "Snip"),
          new FieldEdit(
              "snippet: {primaryColor: '#010203'}", "/settings/snippet/primaryColor", "#010203"),
          new FieldEdit(
              "snippet: {secondaryColor: '#040506'}",
              "/settings/snippet/secondaryColor",
              "#040506"),
          new FieldEdit("snippet: {slogan: Ask}", "/settings/snippet/slogan", "Ask"),
          new FieldEdit("voiceAgent: {voice: alloy}", "/voice_widget_config/voice", "alloy"),
          new FieldEdit(
              "voiceAgent: {avatar: {imageUrl: 'https://a.example/v.png'}}",
              "/voice_widget_config/avatar/imageUrl",
              "https://a.example/v.png"),
          new FieldEdit(
              "voiceAgent: {appearance: {buttonRadius: 7}}",
              "/voice_widget_config/appearance/buttonRadius",
              "7"),
          new FieldEdit(
              "voiceAgent: {text: {startCall: Call}}",
              "/voice_widget_config/text/startCall",
              "Call"),
          new FieldEdit(
              "voiceAgent: {model: {maxOutputTokens: 99}}",
              "/voice_widget_config/model/max_output_tokens",
              "99"),
          new FieldEdit(
              "voiceAgent: {vad: {prefixPaddingMs: 321}}",
              "/voice_widget_config/vad/prefix_padding_ms",
              "321"),
          new FieldEdit("chatWidget: {language: ko}", "/chat_widget_config/language", "ko"));
}
