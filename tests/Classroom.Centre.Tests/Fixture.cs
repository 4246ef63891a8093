using Grpc.Core;
using Grpc.Net.Client;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Tests;

/// <summary>A real silo with the feed on, tokens made by its command line, and a .NET client of it.</summary>
public sealed class FeedHost : IAsyncDisposable
{
    public const string Centre = "0197c000-0000-7000-8000-000000000001";
    private readonly List<GrpcChannel> _channels = [];
    private TestPostgres? _postgres;
    private int _tokens;

    public SiloProcess Silo { get; private set; } = null!;

    public TestPostgres Postgres => _postgres!;

    public int Port { get; private set; }

    public string Address => $"http://127.0.0.1:{Port}";

    public GrpcChannel Channel { get; private set; } = null!;

    public CentreFeed.CentreFeedClient Feed { get; private set; } = null!;

    public static async Task<FeedHost> StartAsync(bool onPostgres = false, params (string, string?)[] settings)
    {
        var host = new FeedHost { _postgres = onPostgres ? await TestPostgres.CreateAsync() : null, Port = SiloProcess.FreePort() };
        host.Silo = await SiloProcess.StartAsync(
            host._postgres?.ConnectionString, [("Centre__GrpcPort", host.Port.ToString(CultureInfo.InvariantCulture)), .. settings]);
        host.Channel = host.Connect(host.Address);
        host.Feed = new CentreFeed.CentreFeedClient(host.Channel);
        return host;
    }

    public GrpcChannel Connect(string address)
    {
        var channel = GrpcChannel.ForAddress(address);
        _channels.Add(channel);
        return channel;
    }

    /// <summary>What <c>token make</c> prints on stdout.</summary>
    public async Task<string> TokenAsync(string scopes = "watch,report,export,kits", string centre = Centre, string? name = null)
    {
        var (code, printed) = await Silo.RunAsync("token", "make", name ?? $"t{++_tokens}", "--centre", centre, "--scope", scopes);
        code.ShouldBe(0, printed);
        return printed.Split('\n')[0].Trim();
    }

    public static Metadata With(string token) => new() { { "authorization", $"Bearer {token}" } };

    /// <summary>The stream up to the first reply of which this holds, that one included.</summary>
    public static async Task<List<WatchSessionsReply>> UntilAsync(AsyncServerStreamingCall<WatchSessionsReply> call, Func<WatchSessionsReply, bool> holds)
    {
        var all = new List<WatchSessionsReply>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await call.ResponseStream.MoveNext(patience.Token))
        {
            all.Add(call.ResponseStream.Current);
            if (holds(call.ResponseStream.Current))
            {
                return all;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public static bool IsCaughtUp(WatchSessionsReply reply) => reply.WhatCase == WatchSessionsReply.WhatOneofCase.CaughtUp;

    /// <summary>The status a call fails with.</summary>
    public static async Task<Status> StatusOf(Func<Task> call) => (await Should.ThrowAsync<RpcException>(call)).Status;

    // Where it was built, with all that it brings: what lies beside these tests lacks what their framework has.
    private static string PathOfCentre => Path.Combine(
        Checkout.Folder, "clients", "centre-cli", "bin", AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[^2], "net10.0", "centre.dll");

    /// <summary>Runs the command line program <c>centre</c> as somebody at a terminal does.</summary>
    public async Task<(int Code, string Output, string Error)> CentreAsync(string? token, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(CentreStart(Address, token, arguments))!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, printed[0], printed[1]);
    }

    /// <summary>How the program is started.</summary>
    public static System.Diagnostics.ProcessStartInfo CentreStart(string address, string? token, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [PathOfCentre, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["CENTRE_SERVER"], start.Environment["CENTRE_TOKEN"]) = (address, token);
        (start.Environment["COLUMNS"], start.Environment["NO_COLOR"]) = ("140", "1");
        return start;
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(c => c.Dispose());
        await Silo.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
