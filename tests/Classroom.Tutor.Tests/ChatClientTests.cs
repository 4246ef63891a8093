using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Azure.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Classroom.Tutor.Tests;

/// <summary>Which client an endpoint gets, and how it signs in: Azure's paths, its <c>/openai/v1/</c>, any compatible server. What is said to a model is in no log and no span.</summary>
public sealed class ChatClientTests : IAsyncLifetime
{
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("https://name.openai.azure.com/", null, "/openai/deployments/local-model/chat/completions?api-version=")]
    [InlineData("https://name.openai.azure.com", null, "/openai/deployments/local-model/chat/completions?api-version=")]
    [InlineData("https://name.cognitiveservices.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21", null, "/openai/deployments/local-model/chat/completions?api-version=")]
    [InlineData("https://name.services.ai.azure.com/openai", null, "/openai/deployments/local-model/chat/completions?api-version=")]
    [InlineData("https://gate.school.kz/", true, "/openai/deployments/local-model/chat/completions?api-version=")]
    [InlineData("https://name.openai.azure.com/openai/v1/", null, "/v1/chat/completions")]
    [InlineData("https://name.openai.azure.com/openai/v1", null, "/v1/chat/completions")]
    [InlineData("https://name.openai.azure.com/", false, "/chat/completions")]
    [InlineData("https://api.openai.com/v1", null, "/v1/chat/completions")]
    [InlineData("https://notazure.com/", null, "/chat/completions")]
    public async Task An_endpoint_gets_the_client_that_speaks_its_paths(string endpoint, bool? azure, string path)
    {
        var network = new Redirected(_server);
        await SayAsync(new ProviderOptions { Endpoint = endpoint, Model = "local-model", ApiKey = "secret", Azure = azure }, network);
        network.Asked.ShouldHaveSingleItem().PathAndQuery.ShouldContain(path);
    }

    [Fact]
    public async Task A_resource_of_Azure_takes_the_key_in_a_header_of_its_own_and_its_chunks_are_read()
    {
        var options = Sample.OptionsFor(_server.Resource);
        options.Azure = true;
        var outcome = await Asking.AskAsync(ModelTutor.Create(options, new NoBudget(), null, TimeProvider.System), Ability.Explain);
        (outcome.Fault, outcome.Text, outcome.Tokens).ShouldBe((null, _server.Answer, 30));
        _server.Paths.ShouldHaveSingleItem().ShouldStartWith("/openai/deployments/local-model/chat/completions?api-version=");
        (_server.Requests.Single().ApiKey, _server.Requests.Single().Authorization).ShouldBe(("secret", ""));
    }

    [Theory]
    [InlineData("https://name.openai.azure.com/")]
    [InlineData("https://name.openai.azure.com/openai/v1/")]
    public async Task Entra_signs_in_with_a_token_and_no_key(string endpoint)
    {
        await SayAsync(new ProviderOptions { Endpoint = endpoint, Model = "local-model", EntraId = true, ApiKey = "secret" }, new Redirected(_server), new Entra());
        (_server.Requests.Single().Authorization, _server.Requests.Single().ApiKey).ShouldBe(("Bearer of-entra", ""));
    }

    [Fact]
    public async Task Who_cannot_sign_in_with_Entra_is_misconfigured()
    {
        var options = new ModelOptions { Endpoint = "https://name.openai.azure.com/", Model = "m", EntraId = true };
        var chat = ChatClients.Create(options, null, null, new Redirected(_server), new Entra(fails: true));
        var providers = new Providers(options, TimeProvider.System, (options, chat));
        (await providers.CheckAsync(default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(t => t.Fault!.Code.ShouldBe("tutor-misconfigured"), t => t.Kind.ShouldBe("wrong-key"));
        _server.Received.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_asked_and_answered_is_in_no_log_at_any_level_and_in_no_span()
    {
        var (logs, spans) = (new Notes(), new ConcurrentQueue<Activity>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = static s => s.Name == ChatClients.TelemetryName, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var options = Sample.OptionsFor(_server.Endpoint);
        var tutor = ModelTutor.Create(options, new NoBudget(), null, TimeProvider.System, logs: new LoggerFactory([logs]));
        await Asking.AskAsync(tutor, Ability.Coach, Place.Question, "Неге қарлығаш қайтады?");
        // A server may say again, in its error, what it was asked.
        _server.Refuse = body => (400, new JsonObject { ["error"] = new JsonObject { ["code"] = "bad_request", ["message"] = body.ToJsonString() } }.ToJsonString(), []);
        await Asking.AskAsync(tutor, Ability.Coach, Place.Question, "Неге қарлығаш қайтады?");
        _server.Requests.First().Body.ShouldContain(System.Text.Json.JsonEncodedText.Encode("қарлығаш").ToString());
        var noted = string.Join('\n', logs.All.Concat(spans.SelectMany(s => s.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(s.StatusDescription))));
        noted.ShouldContain("local-model");
        noted.ShouldContain("bad_request");
        foreach (var word in new[] { "қарлығаш", "\\u049b", _server.Answer[..8], "secret" })
        {
            noted.ShouldNotContain(word, Case.Insensitive);
        }
    }

    private static async Task SayAsync(ProviderOptions options, Redirected network, TokenCredential? entra = null)
    {
        var text = await ChatClients.Create(options, null, null, network, entra).GetStreamingResponseAsync("сәлем").ToChatResponseAsync();
        text.Text.ShouldNotBeEmpty();
    }

    /// <summary>Whatever host is meant, the local server answers.</summary>
    private sealed class Redirected(ProtocolServer server) : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentQueue<Uri> Asked { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Enqueue(request.RequestUri!);
            var path = request.RequestUri!.PathAndQuery;
            request.RequestUri = path.Contains("/deployments/", StringComparison.Ordinal) ? new Uri(new Uri(server.Resource), path) : new Uri(server.Endpoint + "/chat/completions");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Entra(bool fails = false) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            fails ? throw new Azure.Identity.AuthenticationFailedException("no identity here") : new AccessToken("of-entra", DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class Notes : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
