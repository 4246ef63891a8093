namespace Classroom.Grains.Tests;

/// <summary>A join code and its grain.</summary>
public sealed class CodeOfTest(IGrainFactory grains, string code)
{
    private readonly JoinCode _code = new(code);

    private IJoinCodeGrain Grain => grains.GetGrain<IJoinCodeGrain>(_code.Key);

    public Task<bool> Lease(Guid classroomId) => Grain.Lease(_code, classroomId);

    public Task Release(Guid classroomId) => Grain.Release(_code, classroomId);

    public Task<Guid?> Resolve() => Grain.Resolve(_code);
}
