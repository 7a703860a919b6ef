-- Opens scripts with Neovim's own client and writes what the server answers, one JSON object a
-- line. Environment: SDE_LSP (the command as a JSON list), SDE_SCRIPTS (a JSON list of {file, line, character, letters, name}), SDE_ANSWERS.
local command = vim.fn.json_decode(os.getenv("SDE_LSP"))
local scripts = vim.fn.json_decode(os.getenv("SDE_SCRIPTS"))
local answers = assert(io.open(os.getenv("SDE_ANSWERS"), "w"))

local published = {}
local id = vim.lsp.start_client({
  name = "sde",
  cmd = command,
  root_dir = vim.fn.getcwd(),
  handlers = {
    ["textDocument/publishDiagnostics"] = function(_, result) published[result.uri] = result.diagnostics end,
  },
})
local started = vim.wait(30000, function() return vim.lsp.get_client_by_id(id) ~= nil and vim.lsp.get_client_by_id(id).initialized end, 20)
if started ~= true then
  io.stderr:write("the server did not start\n")
  vim.cmd("cquit")
end
local client = vim.lsp.get_client_by_id(id)

local function ask(method, params)
  local answer, failure = client.request_sync(method, params, 60000, 0)
  assert(answer, failure)
  return answer.err and { err = answer.err.message } or answer.result
end

local function script_answers()
  for _, script in ipairs(scripts) do
    vim.cmd("edit " .. vim.fn.fnameescape(script.file))
    vim.lsp.buf_attach_client(0, id)
    local uri = vim.uri_from_bufnr(0)
    assert(vim.wait(60000, function() return published[uri] ~= nil end, 20), script.file)
    local at = { textDocument = { uri = uri }, position = { line = script.line, character = script.character } }
    local hover = ask("textDocument/hover", at)
    local completion = ask("textDocument/completion", {
      textDocument = { uri = uri },
      position = { line = script.line, character = script.character + script.letters },
    })
    local rename = ask("textDocument/rename", vim.tbl_extend("force", at, { newName = script.name }))
    local edits = ask("textDocument/formatting", { textDocument = { uri = uri }, options = { tabSize = 2, insertSpaces = true } })
    if edits and #edits > 0 then vim.lsp.util.apply_text_edits(edits, 0, client.offset_encoding) end
    answers:write(vim.fn.json_encode({
      file = script.file,
      diagnostics = published[uri],
      hover = hover,
      completion = completion,
      rename = rename,
      formatted = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n",
    }) .. "\n")
    vim.cmd("bdelete!")
  end
end

local done, failure = pcall(script_answers)
answers:close()
vim.lsp.stop_client(id)
vim.wait(5000, function() return vim.lsp.get_client_by_id(id) == nil end, 20)
if not done then
  io.stderr:write(tostring(failure) .. "\n")
end
vim.cmd(done and "qall!" or "cquit")
