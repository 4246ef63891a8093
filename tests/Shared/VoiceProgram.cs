using System.Buffers.Binary;

namespace Classroom.Tests;

/// <summary>Stands for espeak-ng: it knows Kazakh and Russian, each sentence is a fifth of a second of a tone, and what it was given to say stands in a file.</summary>
public static class VoiceProgram
{
    public static string HeardIn(string folder) => Path.Combine(folder, "heard");

    public static string In(string folder)
    {
        const int rate = 22050, samples = rate / 5;
        var wave = new byte[44 + (2 * samples)];
        "RIFF"u8.CopyTo(wave);
        "WAVEfmt "u8.CopyTo(wave.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(28), rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(34), 16);
        "data"u8.CopyTo(wave.AsSpan(36));
        for (var i = 0; i < samples; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(44 + (2 * i)), (short)(8000 * Math.Sin(i * 0.1)));
        }

        var (sound, script, heard) = (Path.Combine(folder, "tone.wav"), Path.Combine(folder, "voice"), HeardIn(folder));
        File.WriteAllBytes(sound, wave);
        File.WriteAllText(script, $"#!/bin/sh\ncase \"$*\" in\n--voices=kk|--voices=ru) printf 'Pty Language\\n 5 voice\\n' ;;\n--voices=*) printf 'Pty Language\\n' ;;\n*) cat >> '{heard}'; cat '{sound}' ;;\nesac\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return script;
    }
}
