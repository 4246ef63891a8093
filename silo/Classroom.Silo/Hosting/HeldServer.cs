using Classroom.Silo.Api;
using Classroom.Storage;

namespace Classroom.Silo.Hosting;

/// <summary>
/// The server whose database is not the one it has written: it opens no lesson and writes nothing, and says so to whoever comes, in the pages' own words.
/// An end with an error alone would be a page that cannot be reached, to a teacher. It ends when the right database is there, so that whoever restarts
/// services starts the real one.
/// </summary>
public static class HeldServer
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, DatabaseDiffersException why)
    {
        ArgumentNullException.ThrowIfNull(why);
        await Console.Error.WriteLineAsync(why.Message);
        try
        {
            return await ServeAsync(args, why);
        }
        catch (Exception e) when (StartFault.Sentence(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static async Task<int> ServeAsync(string[] args, DatabaseDiffersException why)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
        builder.AddOrtaqLogging();
        builder.Services.AddSingleton(StorageSetup.ClockOf(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton<TimeProvider>(s => s.GetRequiredService<BoxClock>());
        builder.Services.AddSingleton<IMachineAddresses, MachineAddresses>();
        builder.AddOrtaqHttps();
        await using var app = builder.Build();
        app.PrepareCertificate();
        app.UseOrtaqHeaders();
        app.Use((context, next) => context.Request.Path.Value switch
        {
            "/health/live" => context.Response.WriteAsync("Healthy"),
            "/health/ready" => UnreadyAsync(context.Response, why),
            _ => next(context),
        });
        app.UseOrtaqPages();
        app.Run(static context =>
        {
            context.Response.Headers.RetryAfter = "15";
            return Errors.Of(StatusCodes.Status503ServiceUnavailable, "database-differs").ExecuteAsync(context);
        });
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"held:   {string.Join(' ', app.Urls)}");
        var (right, stopped) = (UntilRightAsync(builder.Configuration, builder.Environment, app.Lifetime.ApplicationStopping), app.WaitForShutdownAsync());
        if (await Task.WhenAny(right, stopped) == right && await right)
        {
            await Console.Out.WriteLineAsync("The right database is there again: this process ends, start the server.");
            await app.StopAsync();
        }

        await stopped;
        return 1;
    }

    private static Task UnreadyAsync(HttpResponse response, DatabaseDiffersException why)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return response.WriteAsync("Unhealthy\n" + why.Message);
    }

    private static async Task<bool> UntilRightAsync(IConfiguration configuration, IHostEnvironment environment, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    if (await StorageSetup.FindDifferenceAsync(configuration, environment, static () => { }) is null)
                    {
                        return true;
                    }
                }
                catch (Exception e) when (e is System.Data.Common.DbException or IOException or UnauthorizedAccessException or TimeoutException or System.Net.Sockets.SocketException or SettingException)
                {
                    // Somebody is at it.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is to stop.
        }

        return false;
    }
}
