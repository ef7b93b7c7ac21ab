-- Has the source read again now: the site, the repository, or the ConfigMaps.
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/refresh-requested-at"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj
