-- The account lists no bot, and a user confirms that it is the correct one: the operator creates the
-- bot again. The approval names the ID of the lost bot, so it counts for this bot only.
if obj.status == nil or obj.status.id == nil then
  error("There is nothing to approve: status.id names no bot.")
end
obj.metadata.annotations = obj.metadata.annotations or {}
obj.metadata.annotations["okchat.ai/approve-recreate"] = obj.status.id
return obj
