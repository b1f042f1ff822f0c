"""Slurm on one machine, for a test: munged, slurmctld and a slurmd for each node, without systemd,
control groups or an accounting database, all in one folder and gone with it."""
import getpass
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol")
MEMORY_MIB = 6000  # a node says it has; nobody enforces it
STARTS_WITHIN_S = 60

CONFIGURATION = """\
ClusterName=test
SlurmctldHost={host}
SlurmctldPort={controller_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
ReturnToService=2
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/ended.txt
MpiDefault=none
KillWait=2
UnkillableStepTimeout=20
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
{nodes}
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def missing_programs():
    """What of Slurm this machine lacks."""
    return [name for name in PROGRAMS if not find(name)]


def find(program):
    return shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def free_ports(count):
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Slurm:
    """with Slurm(nodes=2) as slurm: subprocess.run(["sbatch", ...], env=slurm.environment)"""

    def __init__(self, nodes=2):
        self.nodes = [f"n{i + 1}" for i in range(nodes)]
        # The name of a socket has 107 characters at the most.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="slurm-", dir="/tmp"))
        self.environment = dict(os.environ, SLURM_CONF=str(self.folder / "slurm.conf"))
        self.services = []

    def __enter__(self):
        try:
            self.configure()
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def configure(self):
        controller_port, *ports = free_ports(1 + len(self.nodes))
        host = socket.gethostname().split(".")[0]
        nodes = [
            f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1"
            f" RealMemory={MEMORY_MIB} State=UNKNOWN"
            for node, port in zip(self.nodes, ports)
        ]
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        text = CONFIGURATION.format(
            host=f"{host}(127.0.0.1)", controller_port=controller_port, user=getpass.getuser(),
            folder=self.folder, nodes="\n".join(nodes))
        (self.folder / "slurm.conf").write_text(text)
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(128))

    def start(self):
        at = self.folder
        self.serve(["munged", "--foreground", "--force", f"--key-file={at}/munge.key",
                    f"--socket={at}/munge.socket", f"--pid-file={at}/munged.pid",
                    f"--log-file={at}/munged.log", f"--seed-file={at}/munge.seed"])
        self.wait_for("munged", lambda: (at / "munge.socket").exists())
        self.serve(["slurmctld", "-D", "-f", f"{at}/slurm.conf"])
        for node in self.nodes:
            self.start_node(node)
        self.wait_for("the nodes", lambda: all(self.state(node) == "IDLE" for node in self.nodes))

    def serve(self, words):
        with open(self.folder / "services.txt", "ab") as said:
            self.services.append(subprocess.Popen(
                [find(words[0]), *words[1:]], stdout=said, stderr=said, env=self.environment))
        return self.services[-1]

    def start_node(self, node):
        return self.serve(["slurmd", "-D", "-f", f"{self.folder}/slurm.conf", "-N", node])

    def wait_for(self, what, holds):
        until = time.monotonic() + STARTS_WITHIN_S
        while not holds():
            if time.monotonic() > until:
                said = "".join(f"\n--- {file.name}\n{file.read_text()[-2000:]}"
                               for file in sorted(self.folder.glob("*.log")))
                raise RuntimeError(f"Slurm: {what} did not start within {STARTS_WITHIN_S} s{said}")
            time.sleep(0.2)

    def ask(self, *words):
        """What a program of Slurm says; nothing where it fails."""
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else ""

    def state(self, node):
        found = re.search(r"State=([A-Z]+)", self.ask("scontrol", "show", "node", node))
        return found.group(1) if found else ""

    def running_jobs(self, node):
        """The numbers of the jobs that run on a node."""
        return self.ask("squeue", "--noheader", "--states=RUNNING", f"--nodelist={node}",
                        "--format=%A").split()

    def restarts(self, job):
        """How often Slurm has put a job back into its queue."""
        found = re.search(r"Restarts=(\d+)", self.ask("scontrol", "show", "job", job))
        return int(found.group(1)) if found else 0

    def set_down(self, node):
        self.ask("scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=test")

    def set_up(self, node):
        self.ask("scontrol", "update", f"NodeName={node}", "State=RESUME")

    def kill_job(self, job):
        """As a crash would: all processes of the job at once."""
        self.ask("scancel", "--signal=KILL", "--full", job)

    def stop(self):
        self.ask("scancel", f"--user={getpass.getuser()}")
        for service in reversed(self.services):
            service.terminate()
            try:
                service.wait(10)
            except subprocess.TimeoutExpired:
                service.kill()
                service.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
