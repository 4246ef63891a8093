using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI;
using OpenAI.Chat;

namespace Classroom.Tutor;

/// <summary>
/// The client of a provider, as its settings say: the <c>Azure.AI.OpenAI</c> package for a resource of Azure, the <c>OpenAI</c> package for OpenAI,
/// Azure's <c>/openai/v1/</c> endpoint and any compatible server; behind it telemetry, which never holds what is asked or answered.
/// </summary>
public static class ChatClients
{
    /// <summary>Spans and metrics of requests to models have this name.</summary>
    public const string TelemetryName = "Ortaq.Models";

    private const string EntraScope = "https://cognitiveservices.azure.com/.default";

    /// <exception cref="InvalidOperationException">The endpoint is no address.</exception>
    public static IChatClient Create(ProviderOptions options, ILoggerFactory? logs = null, TimeProvider? time = null) => Create(options, logs, time, new SocketsHttpHandler
    {
        // A POST that is redirected arrives as a GET: the address is wrong, and is said to be.
        AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }, null);

    /// <param name="network">What carries its requests.</param>
    /// <param name="entra">Who signs in with Entra ID; null: a managed identity, or the operator.</param>
    /// <exception cref="InvalidOperationException">The endpoint is no address.</exception>
    public static IChatClient Create(ProviderOptions options, ILoggerFactory? logs, TimeProvider? time, HttpMessageHandler network, TokenCredential? entra)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint))
        {
            throw new InvalidOperationException("Tutor:Endpoint is not an address.");
        }

        // Who waits, how long, and what is asked again is decided in one place: Providers.
        var http = new HttpClient(new CompatibleServer(network, time ?? TimeProvider.System)) { Timeout = Timeout.InfiniteTimeSpan };
        var (transport, noRetries) = (new HttpClientPipelineTransport(http), new ClientRetryPolicy(maxRetries: 0));
        // A server in the school may ask for no key; the protocol wants one all the same.
        var key = new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey);
        ChatClient client;
        if (AzureResource(options, endpoint) is { } resource)
        {
            var azure = new AzureOpenAIClientOptions { Transport = transport, RetryPolicy = noRetries, NetworkTimeout = Timeout.InfiniteTimeSpan };
            client = (options.EntraId ? new AzureOpenAIClient(resource, entra ?? new DefaultAzureCredential(), azure) : new AzureOpenAIClient(resource, key, azure))
                .GetChatClient(options.Model);
        }
        else
        {
            var open = new OpenAIClientOptions { Endpoint = endpoint, Transport = transport, RetryPolicy = noRetries, NetworkTimeout = Timeout.InfiniteTimeSpan };
#pragma warning disable OPENAI001 // Constructors that take an AuthenticationPolicy; the documented way to Azure's v1 endpoint.
            client = options switch
            {
                { EntraId: true } => new ChatClient(options.Model, new BearerTokenPolicy(entra ?? new DefaultAzureCredential(), EntraScope), open),
                { ApiKeyHeader: true, ApiKey: not (null or "") } => new ChatClient(options.Model, ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(key, "api-key"), open),
                _ => new ChatClient(options.Model, key, open),
            };
#pragma warning restore OPENAI001
        }

        logs ??= NullLoggerFactory.Instance;
        return new ChatClientBuilder(client.AsIChatClient())
            .UseOpenTelemetry(logs, TelemetryName, static c => c.EnableSensitiveData = false)
            .Use(inner => new LoggingChatClient(inner, new QuietLog(logs.CreateLogger<LoggingChatClient>())))
            .Build();
    }

    /// <summary>The resource's address where Azure's own paths are meant: it was named alone, or with one of the paths that its portal shows.</summary>
    private static Uri? AzureResource(ProviderOptions options, Uri endpoint)
    {
        var path = endpoint.AbsolutePath;
        return (options.Azure ?? IsAzure(endpoint.Host))
            && (path == "/" || (path.StartsWith("/openai", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("/openai/v1", StringComparison.OrdinalIgnoreCase)))
            ? new Uri(endpoint.GetLeftPart(UriPartial.Authority)) : null;
    }

    private static bool IsAzure(string host) => host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".azure.us", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// At the level Trace the package logs what is asked and answered: that is a child's, and is never logged. That a request failed is no error of
    /// this program and needs no stack: the lesson goes on, and says so.
    /// </summary>
    private sealed class QuietLog(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel > LogLevel.Trace && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
            {
                inner.Log(LogLevel.Information, eventId, "A model's answer failed: {Code} {Cause}", (exception as TutorException)?.Code, (exception.InnerException ?? exception).Message);
            }
            else if (IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
