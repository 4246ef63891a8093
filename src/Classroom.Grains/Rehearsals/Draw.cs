using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Grains;

/// <summary>Chance that is the same each time: a number or an id from a seed and a name.</summary>
public readonly record struct Draw(Guid Seed)
{
    /// <summary>From 0 up to 1.</summary>
    public double Share(string name) => BinaryPrimitives.ReadUInt32LittleEndian(Hash(name)) / (uint.MaxValue + 1.0);

    public bool Happens(string name, double probability) => Share(name) < probability;

    /// <summary>From 0 up to <paramref name="count"/>, which it never is.</summary>
    public int Index(string name, int count) => (int)(Share(name) * count);

    public TimeSpan Between(string name, double fromSeconds, double toSeconds) => TimeSpan.FromSeconds(fromSeconds + (Share(name) * (toSeconds - fromSeconds)));

    public Guid Id(string name) => new(Hash(name).AsSpan(0, 16));

    private byte[] Hash(string name) => SHA256.HashData([.. Seed.ToByteArray(), .. Encoding.UTF8.GetBytes(name)]);
}
