-- Triggers another read of the source: the site, the repository, or the ConfigMaps.
local os = require("os")
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/refresh-requested-at"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj
