"""The smooth activations written out for others to compute: NumPy, PyTorch, LaTeX and Desmos."""

from __future__ import annotations

from reluviz.core.smooth import ELU, GELU, SIGMOID, SILU, SOFTPLUS, TANH

# f(z) as a Python expression. np.vectorize(math.erf): NumPy has no erf of its own.
NUMPY = {
    TANH: "np.tanh(z)",
    SIGMOID: "1.0 / (1.0 + np.exp(-z))",
    SOFTPLUS: "np.logaddexp(0.0, z)",
    ELU: "np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))",
    GELU: "0.5 * z * np.vectorize(math.erfc)(-z / math.sqrt(2.0))",
    SILU: "z / (1.0 + np.exp(-z))",
}

# A threshold out of reach, so that the formula holds throughout.
PYTORCH = {
    TANH: "nn.Tanh()",
    SIGMOID: "nn.Sigmoid()",
    SOFTPLUS: "nn.Softplus(threshold=700.0)",
    ELU: "nn.ELU()",
    GELU: "nn.GELU()",
    SILU: "nn.SiLU()",
}

# f(·) in LaTeX, as Desmos reads it too, and whether it is a sum, to be put in brackets before it is multiplied.
LATEX = {
    TANH: (r"\tanh\left({z}\right)", False),
    SIGMOID: (r"\frac{{1}}{{1+e^{{-\left({z}\right)}}}}", False),
    SOFTPLUS: (r"\ln\left(1+e^{{{z}}}\right)", False),
    ELU: (r"\max\left(0,{z}\right)+e^{{\min\left(0,{z}\right)}}-1", True),
    GELU: (r"\frac{{{z}}}{{2}}\left(1+\operatorname{{erf}}\left(\frac{{{z}}}{{\sqrt{{2}}}}\right)\right)", False),
    SILU: (r"\frac{{{z}}}{{1+e^{{-\left({z}\right)}}}}", False),
}
