namespace Classroom.Engine.Embedded;

/// <summary>
/// Runs the tasks of one activation one after another on the thread pool (rule E2). Whatever an activation starts or awaits
/// comes back here, because <see cref="TaskScheduler.Current"/> is what an await captures.
/// </summary>
internal sealed class ActivationScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // A busy activation gives its thread back after this many tasks, so that others get their turn.
    private const int TasksPerTurn = 64;

    [ThreadStatic]
    private static ActivationScheduler? _onThisThread;

    private readonly Queue<Task> _tasks = new();
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        _onThisThread = this;
        try
        {
            for (var turn = 0; turn < TasksPerTurn; turn++)
            {
                Task? task;
                lock (_tasks)
                {
                    if (!_tasks.TryDequeue(out task))
                    {
                        _scheduled = false;
                        return;
                    }
                }

                TryExecuteTask(task);
            }
        }
        finally
        {
            _onThisThread = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override void QueueTask(Task task)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(task);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && _onThisThread == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_tasks)
        {
            return [.. _tasks];
        }
    }
}
