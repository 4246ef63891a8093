using Classroom.Grains;
using Classroom.Silo.Realtime;
using Classroom.Silo.Auth;
using Classroom.Storage;

namespace Classroom.Silo.Hosting;

/// <summary>
/// A stop that was asked for (SIGTERM): nobody new is let in (a proxy goes on to the next process), new calls are refused, those under way are finished and answered, what remains is written down, and
/// browsers are sent a close message that lets them reconnect, to whoever answers next. All of it before anything else stops, and within seconds.
/// </summary>
public sealed class Drain(
    HubGuard guard, Connections connections, Audiences audiences, ActiveStreams streams, IFactLog log,
    IHostApplicationLifetime life, TimeProvider time, ILogger<Drain> logger) : IHostedService
{
    private static readonly TimeSpan CallsTake = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // An answer is counted as given when the hub has it; this is for its way into the network.
    private static readonly TimeSpan AnswersTake = TimeSpan.FromMilliseconds(100);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // What is registered last is called first, and waited for: SignalR would cut its own connections at once.
        life.ApplicationStopping.Register(() => FinishAsync().GetAwaiter().GetResult());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>First in the pipeline: what comes to a process that is about to go is for another.</summary>
    public static void UseOrtaqDrain(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (!stopping.IsCancellationRequested || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            context.Response.Headers.Connection = "close";
            return context.Response.WriteAsJsonAsync(new Api.ErrorBody("try-again", System.Collections.Immutable.ImmutableDictionary<string, string>.Empty));
        });
    }

    private async Task FinishAsync()
    {
        Say("Stopping");
        var began = time.GetTimestamp();
        while (guard.UnderWay > 0 && time.GetElapsedTime(began) < CallsTake)
        {
            await Task.Delay(Look, time);
        }

        await Task.Delay(AnswersTake, time);
        await connections.CloseAllAsync(time);
        Say("Drained");
    }

    private void Say(string what) => logger.LogInformation(
        "{What}: {Connections} connections, {Entered} in classrooms, {Calls} calls under way, {Streams} variants streaming, {Appends} appends waiting",
        what, connections.Count, audiences.Connections, guard.UnderWay, streams.Count, log.Waiting);
}
