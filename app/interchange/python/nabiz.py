# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of a Python script in Nabız: `import nabiz as wandb`. One file of the standard library; no server, no thread.

log() is one write of one JSON line to DATABASE-inbox/RUN-PID.jsonl beside the database that NABIZ_DB or the XDG data
folder names, whether Nabız runs or not; a file a process. Nothing here raises into a training: it is said once on stderr.
"""
import atexit
import os
import sys
import time

_SYSTEM_SECONDS, _KEPT_BYTES = 15.0, 16 << 20  # the second in memory, while nothing can be written
_GPU = (("memory.device_used", "MemoryInfo"), ("gpu.utilization", "UtilizationRates"),
        ("gpu.temperature", "Temperature", 0), ("gpu.power", "PowerUsage"))
_said, _open_runs, _exit_code, run = set(), set(), 0, None

def _say(text):
    if text not in _said:
        _said.add(text)
        try:
            sys.stderr.write("nabiz: " + text + "\n")
        except Exception:
            pass  # stderr is closed: there is nobody to tell

def _quiet(function):
    def guarded(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception as error:
            _say("%s was left out: %s: %s" % (function.__name__, type(error).__name__, error))
    return guarded

def _env(name, default=""):
    return os.environ.get("NABIZ_" + name) or os.environ.get("WANDB_" + name) or default

def _inbox():
    file, data = os.environ.get("NABIZ_DB"), os.environ.get("XDG_DATA_HOME", "")
    data = data if os.path.isabs(data) else os.path.expanduser("~/.local/share")
    return os.path.abspath(os.path.expanduser(file or os.path.join(data, "nabiz", "nabiz.db"))) + "-inbox"

def _first_line(path):
    try:
        with open(path) as file:
            return file.readline()
    except OSError:
        return ""  # not on Linux

def _items(data, front=""):
    """Nested dicts as one level, joined with dots."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _items(value, front + str(key) + ".")
        else:
            yield front + str(key), value

def _as_dict(value):
    return {} if value is None else dict(value if hasattr(value, "keys") else vars(value))

def _json(value):
    return __import__("json").dumps(value, default=str)

def _number(value):
    """A number's JSON, or None. JSON has no word for what is not finite: it stands as a text."""
    if hasattr(value, "item") and getattr(value, "numel", lambda: getattr(value, "size", 1))() == 1:
        value = value.item()
    if isinstance(value, float):
        finite = value - value == 0
        return repr(float(value)) if finite else '"NaN"' if value != value else '"%sInfinity"' % ("-" * (value < 0))
    return "%d" % value if isinstance(value, int) else None  # True is 1

class _Told(dict):
    """config and summary: a dict, its keys attributes too, whose changes are written down."""
    def __init__(self, run, kind, data=()):
        dict.__init__(self, data)
        self.__dict__.update(_run=run, _kind=kind)
    @_quiet
    def update(self, other=None, allow_val_change=None, **more):
        data = {**_as_dict(other), **more}
        dict.update(self, data)
        self._run._line({self._kind: dict(_items(data))})
    def __getattr__(self, key):
        if key in self:
            return self[key]
        raise AttributeError(key)
    __setattr__ = __setitem__ = lambda self, key, value: self.update({key: value})
    setdefaults, as_dict = lambda self, other: self.update({**_as_dict(other), **self}), lambda self: dict(self)

class _InertType(type):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _InertType(name, (_Inert,), {})

class _Inert(metaclass=_InertType):
    """What Nabız does not keep: it may be called and asked for anything, and does nothing."""
    def __init__(self, *args, **kwargs):
        _say("%s: it is not kept; figures, settings and texts are" % type(self).__name__)
    __call__ = __enter__ = lambda self, *args, **kwargs: self
    __exit__ = lambda self, *error: False
    __iter__ = lambda self: iter(())
    __getattr__ = _InertType.__getattr__

def _settable(key):
    def put(self, value):
        self.__dict__[key] = value
        _quiet(self._line)({"set": {key: value}})
    return property(lambda self: self.__dict__[key], put)

class Run:
    name, notes, tags = _settable("name"), _settable("notes"), _settable("tags")
    def __init__(self, config=None, name=None, project=None, group=None, tags=None, notes=None, id=None, mode=None,
                 resume=None, job_type=None, entity=None, **ignored):
        self.disabled = "disabled" in (mode, _env("MODE")) or _env("DISABLED").lower() in ("1", "true")
        self.id, script = str(id or _env("RUN_ID") or os.urandom(4).hex()), os.path.basename(sys.argv[0] or "python")
        self.project, self.entity = project or _env("PROJECT"), entity or _env("ENTITY")
        self.group, self.job_type = group or _env("RUN_GROUP"), job_type or _env("JOB_TYPE")
        tags = _env("TAGS").split(",") if tags is None else [tags] if isinstance(tags, str) else tags
        name = name or _env("NAME") or "%s-%s" % (self.project or os.path.splitext(script)[0], self.id[:8])
        self.__dict__.update(name=name, tags=tuple(filter(None, tags)), notes=notes or _env("NOTES"))
        self.step, self._fd, self._unwritten, self.ended, self._owner = 0, -1, b"", False, os.getpid()
        self._by, self._keys, self._latest, self._nvml, self._inbox = {}, {}, {}, None, _inbox()
        self._system_at, self._file = time.time() + _SYSTEM_SECONDS, "".join(
            c if c.isalnum() or c in "-_." else "_" for c in self.id)[:80]
        self.resumed = bool((resume or _env("RESUME")) and self._go_on())
        self.config, self.summary = _Told(self, "config", _quiet(_as_dict)(config) or {}), _Told(self, "summary")
        self._write(b"")
        _open_runs.add(self)
    @_quiet
    def _go_on(self):
        """To the step after the last that an earlier process of this run wrote."""
        for name in os.listdir(self._inbox) if os.path.isdir(self._inbox) else ():
            if name.startswith(self._file + "-") and name.endswith(".jsonl"):
                with open(os.path.join(self._inbox, name), "rb") as file:
                    file.seek(max(0, os.fstat(file.fileno()).st_size - (1 << 16)))
                    for part in file.read().split(b',"s":')[1:]:
                        self.step = max(self.step, int(part.partition(b",")[0] or 0) + 1)
        return self.step
    def _start(self):
        os.makedirs(self._inbox, exist_ok=True)
        pid, stat = os.getpid(), _first_line("/proc/self/stat").rpartition(")")[2].split()
        path = os.path.join(self._inbox, "%s-%d.jsonl" % (self._file, pid))
        self._fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
        start = {key: getattr(self, key) for key in ("id", "name", "project", "group", "job_type", "tags", "notes")}
        start.update(pid=pid, process_start=int(stat[19]) if stat else 0, host=os.uname().nodename,
                     boot=_first_line("/proc/sys/kernel/random/boot_id").strip(), command=" ".join(sys.argv))
        return (_json({"v": 1, "t": time.time(), "start": start, "config": dict(_items(self.config))}) + "\n").encode()
    _line = lambda self, value: self._write((_json(value) + "\n").encode())
    def _write(self, line):
        if self.disabled or self.ended:
            return self.disabled or _say("what comes after finish() goes nowhere")
        try:
            line = self._start() + line if self._fd < 0 else line
            line = self._unwritten + line if self._unwritten else line
            self._unwritten = line[os.write(self._fd, line):]  # the rest of a half line goes where its front is
        except Exception as error:
            self._unwritten = line if len(line) < _KEPT_BYTES else self._unwritten
            _say("%s cannot be written (%s); what comes waits in memory for a while" % (self._inbox, error))
    @_quiet
    def log(self, data=None, step=None, commit=None, sync=None, at=None):
        now, place, keys, parts, texts = at or time.time(), self.step, self._keys, [], {}
        if step is not None:
            place = int(step)
            self.step = max(self.step, place)
        if commit or (commit is None and step is None):
            self.step += 1
        for key, value in data.items():
            if type(value) is float and value - value == 0 and key in keys:
                parts.append(keys[key] + repr(value))
            else:
                self._more({key: value}, parts, texts)
        more = self._places(data) if self._by else ""
        more += ',"texts":' + _json(texts) if texts else ""
        dict.update(self.summary, data)
        self._write(('{"t":%r,"s":%d,"m":{%s}%s}\n' % (now, place, ",".join(parts), more)).encode())
        if now >= self._system_at:
            self._system_at = now + _SYSTEM_SECONDS
            self._line({"t": now, "s": place, "m": self._system()})
    def _more(self, data, parts, texts):
        for key, value in _items(data):
            text = None if isinstance(value, (str, _Inert)) else _number(value)
            if text is not None:
                parts.append(self._keys.setdefault(key, _json(str(key)) + ":") + text)
            elif isinstance(value, str):
                texts[key] = value
            elif value is not None and not isinstance(value, _Inert):
                _say("'%s' is no number: a %s is not kept" % (key, type(value).__name__))
    def _places(self, data):
        """The x of the metrics that have a step metric of their own."""
        flat, places = dict(_items(data)), {}
        self._latest.update((key, float(flat[key])) for key in flat if key in self._by.values())
        for key in flat:
            names = [name for name in self._by if name == key or name[-1:] == "*" and key.startswith(name[:-1])]
            by = self._by[max(names, key=len)] if names else key
            if by != key and by in self._latest:
                places[key] = self._latest[by]
        return ',"x":' + _json(places) if places else ""
    def define_metric(self, name, step_metric=None, *args, **kwargs):
        if step_metric:
            self._by[str(name)] = str(getattr(step_metric, "name", step_metric))
        return type("Metric", (), {"name": name})
    def _system(self):
        nvml, pages = self._nvml, _first_line("/proc/self/statm").split()
        found = {"memory.process": int(pages[1]) * os.sysconf("SC_PAGE_SIZE")} if pages else {}
        try:
            import ctypes
            if nvml is None:
                self._nvml, device, rank = False, ctypes.c_void_p(), int(os.environ.get("LOCAL_RANK", 0))
                nvml, seen = ctypes.CDLL("libnvidia-ml.so.1"), os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
                seen = seen[rank % len(seen)] or str(rank)  # a number, or a UUID
                find = nvml.nvmlDeviceGetHandleByIndex_v2 if seen.isdigit() else nvml.nvmlDeviceGetHandleByUUID
                seen = int(seen) if seen.isdigit() else seen.encode()
                self._nvml = nvml = not (nvml.nvmlInit_v2() or find(seen, ctypes.byref(device))) and (nvml, device)
            for name, call, *sensor in _GPU if nvml else ():
                got = (ctypes.c_uint32 * 6)()  # memory: total, free, used, of 64 bits each
                if not getattr(nvml[0], "nvmlDeviceGet" + call)(nvml[1], *sensor, got):
                    found[name] = got[4] + (got[5] << 32) or (got[0] / 1000 if call == "PowerUsage" else got[0])
        except (OSError, AttributeError, ValueError):
            self._nvml = False  # no driver here
        return found
    def finish(self, exit_code=None, quiet=None):
        if self._owner == os.getpid() and not self.ended:
            _quiet(self._line)({"t": time.time(), "end": int(exit_code or 0)})
        self.ended = True
        _open_runs.discard(self)
    @property
    def dir(self):
        _quiet(os.makedirs)(os.path.join(self._inbox, self._file + "-files"), exist_ok=True)
        return os.path.join(self._inbox, self._file + "-files")
    url = property(lambda self: "file://%s/%s-%d.jsonl" % (self._inbox, self._file, self._owner))
    __enter__ = lambda self: self
    __exit__ = lambda self, kind, *error: self.finish(1 if kind else 0)
    __getattr__ = _InertType.__getattr__

def init(config=None, reinit=None, sync_tensorboard=None, **settings):
    global run
    _ = sync_tensorboard and _say("sync_tensorboard: let `nabiz import DIR` read the event files instead")
    if run and not run.ended and reinit in (None, False, "return_previous"):
        run.config.update(config)
        return run
    if run and reinit != "create_new":
        run.finish()
    run = _quiet(Run)(config, **settings) or Run(mode="disabled")
    return run

login = setup = lambda *args, **kwargs: True

class SummaryWriter:
    def __init__(self, log_dir=None, comment="", *args, **kwargs):
        self.log_dir, self.run = log_dir, Run(name=(os.path.basename(str(log_dir or "").rstrip("/")) + comment) or None)
    def add_scalar(self, tag, scalar_value, global_step=None, walltime=None, *args, **kwargs):
        self.run.log({tag: scalar_value}, step=global_step, at=walltime)
    def add_scalars(self, main_tag, tag_scalar_dict, global_step=None, walltime=None):
        self.run.log({main_tag + "/" + key: value for key, value in tag_scalar_dict.items()}, global_step, at=walltime)
    def add_hparams(self, hparam_dict, metric_dict=None, *args, global_step=None, **kwargs):
        self.run.config.update(hparam_dict)
        self.run.log(metric_dict or {}, step=global_step)
    add_text, flush = add_scalar, lambda self: None
    close = lambda self: self.run.finish()
    __enter__, __exit__, __getattr__ = lambda self: self, lambda self, *error: self.close(), _InertType.__getattr__

def _callback():
    import transformers
    class TrainerCallback(transformers.TrainerCallback):
        def on_train_begin(self, args, state, control, **kwargs):
            init(args.to_dict(), name=args.run_name, mode=None if state.is_world_process_zero else "disabled")
        def on_log(self, args, state, control, logs=None, **kwargs):
            run.log(logs or {}, step=state.global_step)
    return TrainerCallback

def _logger():
    front = "lightning.pytorch" if "lightning" in sys.modules else "pytorch_lightning"
    loggers, silent = __import__(front + ".loggers", fromlist="x"), {"mode": "disabled"}
    class Logger(loggers.Logger):
        def __init__(self, **settings):
            super().__init__()
            self._run = Run(**silent if int(os.environ.get("RANK", 0)) else settings)
        name, version = property(lambda self: self._run.name), property(lambda self: self._run.id)
        experiment = property(lambda self: self._run)
        log_metrics = lambda self, metrics, step=None: self._run.log(metrics, step=step)
        log_hyperparams = lambda self, params, *args, **kwargs: self._run.config.update(params)
        finalize = lambda self, status: self._run.finish(status != "success")
    return Logger

def __getattr__(name):
    if name in ("TrainerCallback", "Logger"):
        return globals().setdefault(name, _callback() if name == "TrainerCallback" else _logger())
    if name not in ("log", "define_metric", "finish"):
        return getattr(run or _Inert, name)
    return run and getattr(run, name) or (lambda *args, **kwargs: getattr(run, name)(*args, **kwargs) if run
                                          else _say("%s() before init() goes nowhere" % name))

def _on_exception(kind, error, trace, before=sys.excepthook):
    global _exit_code
    _exit_code = 130 if kind is KeyboardInterrupt else 1
    before(kind, error, trace)

sys.excepthook = _on_exception
atexit.register(lambda: [each.finish(_exit_code) for each in list(_open_runs)])
getattr(os, "register_at_fork", lambda after_in_child: None)(  # a child has a file of its own, once it has what to say
    after_in_child=lambda: [each.__dict__.update(_fd=-1, _unwritten=b"") for each in _open_runs])
