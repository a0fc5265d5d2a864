// TensorFlow sessions for Node: loads graphs from bytes, prepares runs once, and feeds them from typed arrays.
#include <node_api.h>

#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "tensorflow/c/c_api.h"

namespace {

// --- Node-API, with errors as exceptions ------------------------------------------------------------------------------

struct JsError {
  std::string message;
};

void Check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  const napi_extended_error_info* info;
  napi_get_last_error_info(env, &info);
  throw JsError{info && info->error_message ? info->error_message : "a call of Node-API failed"};
}

struct Status {
  TF_Status* status = TF_NewStatus();
  ~Status() { TF_DeleteStatus(status); }
  void Check(const char* what) {
    if (TF_GetCode(status) != TF_OK) throw JsError{std::string(what) + ": " + TF_Message(status)};
  }
};

template <napi_value (*function)(napi_env, const std::vector<napi_value>&)>
napi_value Guarded(napi_env env, napi_callback_info info) {
  try {
    size_t count = 8;
    std::vector<napi_value> arguments(count);
    Check(env, napi_get_cb_info(env, info, &count, arguments.data(), nullptr, nullptr));
    arguments.resize(count);
    return function(env, arguments);
  } catch (const JsError& error) {
    napi_throw_error(env, nullptr, error.message.c_str());
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

struct Bytes {
  void* data = nullptr;
  size_t length = 0;
};

Bytes BytesOf(napi_env env, napi_value value) {
  bool is_typed = false;
  Check(env, napi_is_typedarray(env, value, &is_typed));
  if (!is_typed) throw JsError{"expected a typed array"};
  napi_typedarray_type type;
  Bytes bytes;
  Check(env, napi_get_typedarray_info(env, value, &type, &bytes.length, &bytes.data, nullptr, nullptr));
  switch (type) {
    case napi_int16_array: case napi_uint16_array: bytes.length *= 2; break;
    case napi_int32_array: case napi_uint32_array: case napi_float32_array: bytes.length *= 4; break;
    case napi_float64_array: case napi_bigint64_array: case napi_biguint64_array: bytes.length *= 8; break;
    default: break;
  }
  return bytes;
}

std::string TextOf(napi_env env, napi_value value) {
  size_t length = 0;
  Check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length, '\0');
  Check(env, napi_get_value_string_utf8(env, value, text.data(), length + 1, &length));
  return text;
}

std::vector<napi_value> ListOf(napi_env env, napi_value value) {
  uint32_t length = 0;
  Check(env, napi_get_array_length(env, value, &length));
  std::vector<napi_value> items(length);
  for (uint32_t index = 0; index < length; index++) Check(env, napi_get_element(env, value, index, &items[index]));
  return items;
}

int64_t NumberOf(napi_env env, napi_value value) {
  int64_t number = 0;
  Check(env, napi_get_value_int64(env, value, &number));
  return number;
}

// --- Sessions ---------------------------------------------------------------------------------------------------------

struct Session {
  // Asynchronous runs in progress; only the main thread counts them.
  int running = 0;
  TF_Graph* graph = TF_NewGraph();
  TF_Session* session = nullptr;
  void Close() {
    if (session) {
      Status status;
      TF_CloseSession(session, status.status);
      TF_DeleteSession(session, status.status);
      session = nullptr;
    }
    if (graph) TF_DeleteGraph(graph);
    graph = nullptr;
  }
  ~Session() { Close(); }
};

struct Feed {
  TF_Output output;
  TF_DataType type;
  std::vector<int64_t> shape;
  size_t bytes;
};

// A prepared run with resolved feeds and fetches. Keeps its session alive.
struct Run {
  std::shared_ptr<Session> session;
  std::vector<Feed> feeds;
  std::vector<TF_Output> fetches;
  std::vector<const TF_Operation*> targets;
};

struct Tensors {
  std::vector<TF_Tensor*> list;
  Tensors() = default;
  Tensors(Tensors&&) = default;
  Tensors& operator=(Tensors&&) = default;
  ~Tensors() {
    for (TF_Tensor* tensor : list)
      if (tensor) TF_DeleteTensor(tensor);
  }
};

template <typename T>
napi_value External(napi_env env, T* pointer) {
  napi_value external;
  Check(env, napi_create_external(
                 env, pointer, [](napi_env, void* data, void*) { delete static_cast<T*>(data); }, nullptr, &external));
  return external;
}

template <typename T>
T* PointerOf(napi_env env, napi_value value) {
  void* pointer = nullptr;
  Check(env, napi_get_value_external(env, value, &pointer));
  return static_cast<T*>(pointer);
}

Session& OpenSession(napi_env env, napi_value value) {
  Session& session = **PointerOf<std::shared_ptr<Session>>(env, value);
  if (!session.session) throw JsError{"the session is closed"};
  return session;
}

// open(config: Uint8Array): session with an empty graph
napi_value Open(napi_env env, const std::vector<napi_value>& arguments) {
  Bytes config = BytesOf(env, arguments.at(0));
  auto session = std::make_shared<Session>();
  Status status;
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_SetConfig(options, config.data, config.length, status.status);
  if (TF_GetCode(status.status) == TF_OK)
    session->session = TF_NewSession(session->graph, options, status.status);
  TF_DeleteSessionOptions(options);
  status.Check("the session does not open");
  return External(env, new std::shared_ptr<Session>(session));
}

// extend(session, graph: Uint8Array): adds the nodes of a graph
napi_value Extend(napi_env env, const std::vector<napi_value>& arguments) {
  Session& session = OpenSession(env, arguments.at(0));
  Bytes graph = BytesOf(env, arguments.at(1));
  Status status;
  TF_Buffer* buffer = TF_NewBufferFromString(graph.data, graph.length);
  TF_ImportGraphDefOptions* import = TF_NewImportGraphDefOptions();
  TF_GraphImportGraphDef(session.graph, buffer, import, status.status);
  TF_DeleteImportGraphDefOptions(import);
  TF_DeleteBuffer(buffer);
  status.Check("the graph is not taken");
  return nullptr;
}

TF_Output OutputOf(TF_Graph* graph, const std::string& name) {
  const size_t colon = name.find(':');
  const int index = colon == std::string::npos ? 0 : std::stoi(name.substr(colon + 1));
  TF_Operation* operation = TF_GraphOperationByName(graph, name.substr(0, colon).c_str());
  if (!operation) throw JsError{"the graph has no \"" + name + "\""};
  return {operation, index};
}

// prepare(session, [[name, type, shape]], [fetch], [target]): run
napi_value Prepare(napi_env env, const std::vector<napi_value>& arguments) {
  auto run = std::make_unique<Run>();
  run->session = *PointerOf<std::shared_ptr<Session>>(env, arguments.at(0));
  TF_Graph* graph = OpenSession(env, arguments.at(0)).graph;
  for (napi_value item : ListOf(env, arguments.at(1))) {
    std::vector<napi_value> parts = ListOf(env, item);
    Feed feed;
    feed.output = OutputOf(graph, TextOf(env, parts.at(0)));
    feed.type = static_cast<TF_DataType>(NumberOf(env, parts.at(1)));
    feed.bytes = TF_DataTypeSize(feed.type);
    for (napi_value side : ListOf(env, parts.at(2))) {
      feed.shape.push_back(NumberOf(env, side));
      feed.bytes *= feed.shape.back();
    }
    run->feeds.push_back(feed);
  }
  for (napi_value item : ListOf(env, arguments.at(2))) run->fetches.push_back(OutputOf(graph, TextOf(env, item)));
  for (napi_value item : ListOf(env, arguments.at(3)))
    run->targets.push_back(OutputOf(graph, TextOf(env, item)).oper);
  return External(env, run.release());
}

Tensors FeedsOf(napi_env env, const Run& run, napi_value values) {
  std::vector<napi_value> list = ListOf(env, values);
  if (list.size() != run.feeds.size())
    throw JsError{"received " + std::to_string(list.size()) + " inputs, expected " + std::to_string(run.feeds.size())};
  Tensors tensors;
  for (size_t index = 0; index < list.size(); index++) {
    const Feed& feed = run.feeds[index];
    Bytes bytes = BytesOf(env, list[index]);
    if (bytes.length != feed.bytes)
      throw JsError{"input " + std::string(TF_OperationName(feed.output.oper)) + ": received " +
                    std::to_string(bytes.length) + " bytes, expected " + std::to_string(feed.bytes)};
    // Copies the values: an assigned variable may keep the tensor, and the caller may reuse its memory.
    TF_Tensor* tensor = TF_AllocateTensor(feed.type, feed.shape.data(), feed.shape.size(), feed.bytes);
    tensors.list.push_back(tensor);
    std::memcpy(TF_TensorData(tensor), bytes.data, bytes.length);
  }
  return tensors;
}

void RunSession(const Run& run, const Tensors& inputs, Tensors* outputs, Status* status) {
  std::vector<TF_Output> feeds;
  for (const Feed& feed : run.feeds) feeds.push_back(feed.output);
  outputs->list.assign(run.fetches.size(), nullptr);
  // A program without variables has nothing to run; TF_SessionRun would fail.
  if (run.fetches.empty() && run.targets.empty()) return;
  TF_SessionRun(run.session->session, nullptr, feeds.data(), inputs.list.data(), feeds.size(), run.fetches.data(),
                outputs->list.data(), run.fetches.size(), run.targets.data(), run.targets.size(), nullptr,
                status->status);
}

// [[type, shape, ArrayBuffer]]
napi_value ResultsOf(napi_env env, const Tensors& outputs) {
  napi_value results;
  Check(env, napi_create_array_with_length(env, outputs.list.size(), &results));
  for (size_t index = 0; index < outputs.list.size(); index++) {
    const TF_Tensor* tensor = outputs.list[index];
    napi_value triple, type, shape, buffer;
    Check(env, napi_create_array_with_length(env, 3, &triple));
    Check(env, napi_create_int32(env, TF_TensorType(tensor), &type));
    Check(env, napi_create_array_with_length(env, TF_NumDims(tensor), &shape));
    for (int axis = 0; axis < TF_NumDims(tensor); axis++) {
      napi_value side;
      Check(env, napi_create_int64(env, TF_Dim(tensor, axis), &side));
      Check(env, napi_set_element(env, shape, axis, side));
    }
    void* data;
    const size_t bytes = TF_TensorByteSize(tensor);
    Check(env, napi_create_arraybuffer(env, bytes, &data, &buffer));
    std::memcpy(data, TF_TensorData(tensor), bytes);
    Check(env, napi_set_element(env, triple, 0, type));
    Check(env, napi_set_element(env, triple, 1, shape));
    Check(env, napi_set_element(env, triple, 2, buffer));
    Check(env, napi_set_element(env, results, index, triple));
  }
  return results;
}

const Run& OpenRun(napi_env env, napi_value value) {
  const Run& run = *PointerOf<Run>(env, value);
  if (!run.session->session) throw JsError{"the session is closed"};
  return run;
}

// run(run, [typed array]): [[type, shape, ArrayBuffer]]
napi_value RunSync(napi_env env, const std::vector<napi_value>& arguments) {
  const Run& run = OpenRun(env, arguments.at(0));
  Tensors inputs = FeedsOf(env, run, arguments.at(1));
  Tensors outputs;
  Status status;
  RunSession(run, inputs, &outputs, &status);
  status.Check("the graph does not run");
  return ResultsOf(env, outputs);
}

struct Work {
  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
  napi_ref kept = nullptr;
  const Run* run = nullptr;
  Tensors inputs;
  Tensors outputs;
  Status status;
};

void Complete(napi_env env, napi_status, void* data) {
  std::unique_ptr<Work> work(static_cast<Work*>(data));
  work->run->session->running--;
  napi_delete_reference(env, work->kept);
  napi_delete_async_work(env, work->work);
  try {
    work->status.Check("the graph does not run");
    napi_resolve_deferred(env, work->deferred, ResultsOf(env, work->outputs));
  } catch (const JsError& error) {
    napi_value message, exception;
    napi_create_string_utf8(env, error.message.c_str(), NAPI_AUTO_LENGTH, &message);
    napi_create_error(env, nullptr, message, &exception);
    napi_reject_deferred(env, work->deferred, exception);
  }
}

// runAsync(run, [typed array]): Promise; does not block the event loop
napi_value RunAsync(napi_env env, const std::vector<napi_value>& arguments) {
  auto work = std::make_unique<Work>();
  work->run = &OpenRun(env, arguments.at(0));
  work->inputs = FeedsOf(env, *work->run, arguments.at(1));
  napi_value promise, name;
  Check(env, napi_create_promise(env, &work->deferred, &promise));
  Check(env, napi_create_reference(env, arguments.at(0), 1, &work->kept));
  Check(env, napi_create_string_utf8(env, "apprentice:run", NAPI_AUTO_LENGTH, &name));
  Check(env, napi_create_async_work(
                 env, nullptr, name,
                 [](napi_env, void* data) {
                   Work* work = static_cast<Work*>(data);
                   RunSession(*work->run, work->inputs, &work->outputs, &work->status);
                 },
                 Complete, work.get(), &work->work));
  Check(env, napi_queue_async_work(env, work->work));
  work->run->session->running++;
  work.release();
  return promise;
}

napi_value Close(napi_env env, const std::vector<napi_value>& arguments) {
  Session& session = **PointerOf<std::shared_ptr<Session>>(env, arguments.at(0));
  if (session.running > 0) throw JsError{"the session can't be closed while a run is under way"};
  session.Close();
  return nullptr;
}

napi_value BufferOf(napi_env env, TF_Buffer* buffer) {
  napi_value array_buffer;
  void* data;
  Check(env, napi_create_arraybuffer(env, buffer->length, &data, &array_buffer));
  std::memcpy(data, buffer->data, buffer->length);
  TF_DeleteBuffer(buffer);
  return array_buffer;
}

// operations(): all operation definitions of TensorFlow, as a serialised OpList
napi_value Operations(napi_env env, const std::vector<napi_value>&) { return BufferOf(env, TF_GetAllOpList()); }

napi_value Init(napi_env env, napi_value exports) {
  const napi_property_descriptor functions[] = {
      {"open", nullptr, Guarded<Open>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"extend", nullptr, Guarded<Extend>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"prepare", nullptr, Guarded<Prepare>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"run", nullptr, Guarded<RunSync>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"runAsync", nullptr, Guarded<RunAsync>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"close", nullptr, Guarded<Close>, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"operations", nullptr, Guarded<Operations>, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  napi_define_properties(env, exports, sizeof(functions) / sizeof(functions[0]), functions);
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
