-- Health of an OkChat object. The first rule that fits decides:
--   being deleted, or this generation not yet looked at  Progressing
--   Stalled=True                                         Degraded
--   Paused=True                                          Suspended
--   Ready=True                                           Healthy
--   anything else passes by itself, or waits for others  Progressing
-- A condition that speaks of an older generation counts for nothing.
local generation = obj.metadata.generation
local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  if condition.observedGeneration == nil or condition.observedGeneration == generation then
    conditions[condition.type] = condition
  end
end

local function isTrue(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

-- "Reason: message" of a condition, or the fallback where it is missing.
local function words(type, fallback)
  local condition = conditions[type]
  if condition == nil then
    return fallback
  end
  if condition.message == nil or condition.message == "" then
    return condition.reason or fallback
  end
  return (condition.reason or type) .. ": " .. condition.message
end

local health = {}
if obj.metadata.deletionTimestamp ~= nil then
  health.status = "Progressing"
  health.message = words("Ready", "It is being deleted.")
elseif status.observedGeneration == nil or status.observedGeneration ~= generation then
  health.status = "Progressing"
  health.message = "The operator has not looked at this generation yet."
elseif isTrue("Stalled") then
  health.status = "Degraded"
  health.message = words("Stalled", "It is stalled.")
elseif isTrue("Paused") then
  health.status = "Suspended"
  health.message = words("Paused", "It is paused.")
elseif isTrue("Ready") then
  health.status = "Healthy"
  health.message = words("Ready", "It is ready.")
else
  health.status = "Progressing"
  health.message = words("Ready", "The operator has not said yet whether it is ready.")
end
return health
