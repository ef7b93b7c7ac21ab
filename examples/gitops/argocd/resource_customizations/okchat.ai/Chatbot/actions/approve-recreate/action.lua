-- The account lists no bot at all, and a person says that it is the right one: the bot is made
-- again. The approval names the id of the bot that is gone, so it serves for this case only.
if obj.status == nil or obj.status.id == nil then
  error("There is nothing to approve: status.id names no bot.")
end
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/approve-recreate"] = obj.status.id
return obj
