-- Has the bot compared with the backend now, and an avatar behind a link fetched again.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/reconcile-requested-at"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj
