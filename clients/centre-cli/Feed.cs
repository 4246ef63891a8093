using Grpc.Core;
using Grpc.Net.Client;
using Ortaq.Centre.V1;

namespace Classroom.Centre.Cli;

/// <summary>A server's feed, with the token that every call carries. The token comes from the environment or a file, never from the command
/// line, where every user of the machine could read it.</summary>
public sealed class Feed : IDisposable
{
    private const int MaxReportBytes = 64 * 1024 * 1024;
    private readonly GrpcChannel _channel;
    private readonly Metadata _headers;
    private readonly TimeSpan _deadline;

    private Feed(GrpcChannel channel, string token, TimeSpan deadline)
    {
        (_channel, _deadline) = (channel, deadline);
        _headers = new Metadata { { "authorization", $"Bearer {token}" } };
        Calls = new CentreFeed.CentreFeedClient(channel);
    }

    public CentreFeed.CentreFeedClient Calls { get; }

    /// <exception cref="FailureException">The address or the token is missing.</exception>
    public static Feed Open(string? server, FileInfo? tokenFile, int deadlineSeconds)
    {
        var address = server ?? Environment.GetEnvironmentVariable("CENTRE_SERVER");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new FailureException("--server (or CENTRE_SERVER) is not an address such as http://127.0.0.1:5090.");
        }

        var token = (tokenFile is null ? Environment.GetEnvironmentVariable("CENTRE_TOKEN") : Read(tokenFile))?.Trim();
        if (string.IsNullOrEmpty(token) || !token.All(char.IsAscii))
        {
            throw new FailureException("The service token is missing: set CENTRE_TOKEN, or name a file with --token-file.");
        }

        return new Feed(GrpcChannel.ForAddress(uri, new GrpcChannelOptions { MaxReceiveMessageSize = MaxReportBytes }), token, TimeSpan.FromSeconds(deadlineSeconds));
    }

    /// <summary>For one answer.</summary>
    public CallOptions Once(CancellationToken stop) => new(_headers, _deadline > TimeSpan.Zero ? DateTime.UtcNow + _deadline : null, stop);

    /// <summary>For a stream that runs until somebody ends it.</summary>
    public CallOptions Stream(CancellationToken stop) => new(_headers, cancellationToken: stop);

    public void Dispose() => _channel.Dispose();

    private static string Read(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"--token-file: {e.Message}", e);
        }
    }
}
