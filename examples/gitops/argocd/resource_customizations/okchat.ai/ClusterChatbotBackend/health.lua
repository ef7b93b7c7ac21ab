-- Health of an OkChat object. The first rule that matches decides:
--   deletion, or a status of an older generation  Progressing
--   Stalled=True                                  Degraded
--   Paused=True                                   Suspended
--   Ready=True                                    Healthy
--   Ready=False                                   Degraded: a waiting sync ends, and the fix in Git is applied
--   anything else                                 Progressing
-- Conditions of an older generation do not count.
local generation = obj.metadata.generation
local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  if condition.observedGeneration == nil or condition.observedGeneration == generation then
    conditions[condition.type] = condition
  end
end

local function is(type, expected)
  return conditions[type] ~= nil and conditions[type].status == expected
end

-- Returns "Reason: message" of a condition, or the fallback if it does not exist.
local function message(type, fallback)
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
  health.message = message("Ready", "The object is being deleted.")
elseif status.observedGeneration == nil or status.observedGeneration ~= generation then
  health.status = "Progressing"
  health.message = "The operator has not reconciled this generation yet."
elseif is("Stalled", "True") then
  health.status = "Degraded"
  health.message = message("Stalled", "The object is stalled.")
elseif is("Paused", "True") then
  health.status = "Suspended"
  health.message = message("Paused", "The object is paused.")
elseif is("Ready", "True") then
  health.status = "Healthy"
  health.message = message("Ready", "The object is ready.")
elseif is("Ready", "False") then
  health.status = "Degraded"
  health.message = message("Ready", "The object is not ready.")
else
  health.status = "Progressing"
  health.message = message("Ready", "The object has no condition Ready yet.")
end
return health
