using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Azure.Identity;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Classroom.Tutor;

/// <summary>
/// The OpenAI package behind <see cref="IChatClient"/>: text in, text out, no tools. (The adapter package is not in every package
/// source; this is the part of it that the tutor needs.)
/// </summary>
public sealed class OpenAIChat(ChatClient client, ProviderOptions settings) : IChatClient
{
    private const string EntraScope = "https://cognitiveservices.azure.com/.default";

    /// <exception cref="InvalidOperationException">The configuration names no way to sign in, or an address that is none.</exception>
    public static OpenAIChat Create(ProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint))
        {
            throw new InvalidOperationException("Tutor:Endpoint is not an address.");
        }

        // What is to be asked again, and when, is decided in one place: Providers.
        var clientOptions = new OpenAIClientOptions { Endpoint = endpoint, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
#pragma warning disable OPENAI001 // Constructors that take an AuthenticationPolicy; the documented way to Azure's v1 endpoint.
        var client = options switch
        {
            { EntraId: true } => new ChatClient(options.Model, new BearerTokenPolicy(new DefaultAzureCredential(), EntraScope), clientOptions),
            { ApiKey: not (null or ""), ApiKeyHeader: true } => new ChatClient(
                options.Model, ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(options.ApiKey), "api-key"), clientOptions),
            // A server in the school may ask for no key; the protocol wants one all the same.
            _ => new ChatClient(options.Model, new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey), clientOptions),
        };
#pragma warning restore OPENAI001
        return new OpenAIChat(client, options);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatCompletion completion = await client.CompleteChatAsync(Messages(messages), Options(options), cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Concat(completion.Content.Select(c => c.Text))))
        {
            ModelId = completion.Model,
            FinishReason = Reason(completion.FinishReason),
            Usage = Usage(completion.Usage),
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in client.CompleteChatStreamingAsync(Messages(messages), Options(options), cancellationToken))
        {
            var next = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(update.ContentUpdate.Select(c => c.Text)))
            {
                ModelId = update.Model,
                FinishReason = update.FinishReason is { } reason ? Reason(reason) : null,
            };
            if (update.Usage is { } usage)
            {
                next.Contents.Add(new UsageContent(Usage(usage)));
            }

            yield return next;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(new Uri(settings.Endpoint!).Host, null, settings.Model) : null;

    public void Dispose() { }

    private static List<OpenAI.Chat.ChatMessage> Messages(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select<ChatMessage, OpenAI.Chat.ChatMessage>(m => m.Role == ChatRole.System
            ? new SystemChatMessage(m.Text) : m.Role == ChatRole.Assistant ? new AssistantChatMessage(m.Text) : new UserChatMessage(m.Text))];

    private static ChatCompletionOptions Options(ChatOptions? from) => new()
    {
        MaxOutputTokenCount = from?.MaxOutputTokens,
        Temperature = from?.Temperature,
        ResponseFormat = from?.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } json =>
                OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName, BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true),
            ChatResponseFormatJson => OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat(),
            _ => null,
        },
    };

    private static ChatFinishReason Reason(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails Usage(ChatTokenUsage? usage) => new()
    {
        InputTokenCount = usage?.InputTokenCount, OutputTokenCount = usage?.OutputTokenCount, TotalTokenCount = usage?.TotalTokenCount,
    };
}
