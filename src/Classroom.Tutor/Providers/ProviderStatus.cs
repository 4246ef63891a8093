namespace Classroom.Tutor;

/// <summary>How a provider is, as this process met it.</summary>
/// <param name="Id">Its place (1, 2), host and model: <c>1/host/model</c>.</param>
/// <param name="Doing">
/// unasked; answers; failing (its last request failed); paused (it named a time); resting (left alone after failures); wrong-key, wrong-model, no-quota
/// or wrong-request (what it said last, asked or left alone).
/// </param>
/// <param name="Left">Until it is asked again by itself, while it is not; else null.</param>
/// <param name="LastAnswered">Null: not since this process began.</param>
/// <param name="LastFault">A code as of <see cref="TutorException"/>, or which setting is wrong; null: none since this process began.</param>
public sealed record ProviderStatus(
    string Id, string Host, string Model, string Doing, TimeSpan? Left, DateTimeOffset? LastAnswered, string? LastFault, DateTimeOffset? LastFaultAt)
{
    /// <param name="place">1: asked first.</param>
    public static string IdOf(int place, ProviderOptions provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return $"{place}/{new Uri(provider.Endpoint!).Host}/{provider.Model}";
    }
}

/// <summary>What came of asking a provider for a word.</summary>
/// <param name="Fault">Null: it answers.</param>
public sealed record ProviderTrial(string Id, TutorException? Fault, TimeSpan Took)
{
    /// <summary>As <see cref="ProviderStatus.LastFault"/>; null: it answers.</summary>
    public string? Kind => Fault is null ? null : ModelFault.KindOf(Fault);
}
